using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Contracts;

namespace Actors.Web.Hubs;

/// <summary>A message as it goes out: made once, sent to everybody who is to read the same.</summary>
/// <param name="Version">The version of the message.</param>
/// <param name="Json">Its bytes.</param>
[JsonConverter(typeof(LiveFrameConverter))]
internal sealed record LiveFrame(long Version, ReadOnlyMemory<byte> Json)
{
    /// <summary>Why it is the last one; null: it is not.</summary>
    public LiveEnd? End { get; private init; }

    /// <summary>The last frame of a stream.</summary>
    public static LiveFrame Of(LiveEnd end) => Of(new LiveEndMessage(end.Code, end.Message)) with { End = end };

    public static LiveFrame Of(LiveMessage message) =>
        new(message.Version, JsonSerializer.SerializeToUtf8Bytes(message, ContractsJsonContext.Wire.LiveMessage));
}

/// <summary>Why a stream ends, or does not begin.</summary>
internal sealed record LiveEnd(string Code, string Message)
{
    public static LiveEnd Invalid(string message) => new("invalid", message);

    public static LiveEnd Full(string message) => new("full", message);

    public static LiveEnd Expired(string message) => new("expired", message);
}

/// <summary>Puts the bytes of a frame into the hub protocol's message as they are.</summary>
internal sealed class LiveFrameConverter : JsonConverter<LiveFrame>
{
    public override LiveFrame Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Frames go out and never come in.");

    public override void Write(Utf8JsonWriter writer, LiveFrame value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Json.Span, skipInputValidation: true);
}
