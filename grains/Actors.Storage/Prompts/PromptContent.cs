using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Actors.Prompts;

namespace Actors.Storage.Prompts;

/// <summary>The texts inside the stored JSON of a prompt's content.</summary>
internal static class PromptContent
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of a text prompt, or the texts of the messages of a chat prompt.</summary>
    public static IReadOnlyList<string> Texts(PromptType type, string content)
    {
        using var json = JsonDocument.Parse(content);
        return type == PromptType.Text
            ? [json.RootElement.GetString()!]
            : [.. json.RootElement.EnumerateArray().Where(IsMessage).Select(m => m.GetProperty("content").GetString()!)];
    }

    /// <summary>The names of the placeholders of a chat prompt.</summary>
    public static IReadOnlyList<string> Placeholders(PromptType type, string content)
    {
        if (type == PromptType.Text)
        {
            return [];
        }

        using var json = JsonDocument.Parse(content);
        return [.. json.RootElement.EnumerateArray().Where(m => !IsMessage(m)).Select(m => m.GetProperty("name").GetString()!)];
    }

    /// <summary>The content with other texts in the place of those that <see cref="Texts"/> gave.</summary>
    public static string WithTexts(PromptType type, string content, Func<string, string> replace)
    {
        using var json = JsonDocument.Parse(content);
        var buffer = new ArrayBufferWriter<byte>(content.Length);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            if (type == PromptType.Text)
            {
                writer.WriteStringValue(replace(json.RootElement.GetString()!));
            }
            else
            {
                WriteMessages(writer, json.RootElement, replace);
            }
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteMessages(Utf8JsonWriter writer, JsonElement messages, Func<string, string> replace)
    {
        writer.WriteStartArray();
        foreach (var message in messages.EnumerateArray())
        {
            writer.WriteStartObject();
            foreach (var property in message.EnumerateObject())
            {
                if (property.NameEquals("content"))
                {
                    writer.WriteString(property.Name, replace(property.Value.GetString()!));
                }
                else
                {
                    property.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static bool IsMessage(JsonElement message) => message.TryGetProperty("content", out _);
}
