using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Testing;

/// <summary>
/// Prints records whole, their lists included. Records compare their lists by reference, so tests compare the printed form,
/// which also shows the difference.
/// </summary>
public static class RecordText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(), new DecimalValue() },
    };

    /// <summary>The whole value as text.</summary>
    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options);

    // 1.50 and 1.5 are the same amount.
    private sealed class DecimalValue : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value / 1.0000000000000000000000000000m);
    }
}
