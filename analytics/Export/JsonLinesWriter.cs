using System.Text.Encodings.Web;
using System.Text.Json;

namespace Actors.Analytics.Export;

/// <summary>One JSON object a line. What is JSON already stays what it is; a value that is missing is left out.</summary>
internal sealed class JsonLinesWriter<T>(string path, IReadOnlyList<ExportColumn<T>> columns) : ExportWriter<T>(columns)
{
    private readonly FileStream _file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
    private readonly Utf8JsonWriter _json = new(Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public override void Write(T row)
    {
        _json.Reset(_file);
        _json.WriteStartObject();
        foreach (var column in Columns)
        {
            if (column.Value(row) is { } value)
            {
                _json.WritePropertyName(column.Name);
                WriteValue(column.Type, value);
            }
        }

        _json.WriteEndObject();
        _json.Flush();
        _file.WriteByte((byte)'\n');
    }

    public override void Complete() => _file.Flush();

    public override void Dispose()
    {
        _json.Dispose();
        _file.Dispose();
    }

    private void WriteValue(ExportType type, object value)
    {
        switch (value)
        {
            case string text when type == ExportType.Json:
                WriteJson(text);
                break;
            case string text:
                _json.WriteStringValue(text);
                break;
            case IReadOnlyList<string> texts:
                _json.WriteStartArray();
                foreach (var text in texts)
                {
                    _json.WriteStringValue(text);
                }

                _json.WriteEndArray();
                break;
            case bool flag:
                _json.WriteBooleanValue(flag);
                break;
            case DateTimeOffset time:
                _json.WriteStringValue(time.UtcDateTime);
                break;
            case long whole:
                _json.WriteNumberValue(whole);
                break;
            case decimal money:
                _json.WriteNumberValue(money);
                break;
            default:
                _json.WriteNumberValue((double)value);
                break;
        }
    }

    // Read and written anew: a line break between its tokens would end the line of the file.
    private void WriteJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 512 });
            document.RootElement.WriteTo(_json);
        }
        catch (JsonException)
        {
            _json.WriteStringValue(text);
        }
    }
}
