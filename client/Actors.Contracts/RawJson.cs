using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Contracts;

/// <summary>
/// A JSON value as text, written as it is. <c>default</c> means «leave the property out» where the property is marked to be
/// ignored when default; <see cref="Null"/> is the JSON value null.
/// </summary>
/// <param name="Text">Valid JSON text of one value; null only in <c>default</c>.</param>
[JsonConverter(typeof(RawJsonConverter))]
public readonly record struct RawJson(string? Text)
{
    /// <summary>The JSON value null.</summary>
    public static RawJson Null { get; } = new("null");

    /// <summary>An object without properties.</summary>
    public static RawJson EmptyObject { get; } = new("{}");

    /// <summary>The text itself, or JSON null when there is none.</summary>
    public static RawJson OrNull(string? text) => text is null ? Null : new RawJson(text);

    /// <inheritdoc/>
    public override string ToString() => Text ?? "";
}

/// <summary>Reads and writes <see cref="RawJson"/> without building a tree.</summary>
public sealed class RawJsonConverter : JsonConverter<RawJson>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new RawJson(document.RootElement.GetRawText());
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);

        // The text was checked when it came in; checking it again on every read would double the cost of large answers.
        writer.WriteRawValue(value.Text ?? "null", skipInputValidation: true);
    }
}
