using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Actors.Analytics.Export;

/// <summary>
/// Comma-separated values as RFC 4180 has them. Text that a spreadsheet would run as a formula gets an apostrophe before it: it comes
/// from users and models.
/// </summary>
internal sealed class CsvWriter<T> : ExportWriter<T>
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n");
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r");
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StreamWriter _text;

    public CsvWriter(string path, IReadOnlyList<ExportColumn<T>> columns)
        : base(columns)
    {
        _text = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16) { NewLine = "\r\n" };
        _text.WriteLine(string.Join(',', columns.Select(c => c.Name)));
    }

    public override void Write(T row)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (i > 0)
            {
                _text.Write(',');
            }

            WriteValue(Columns[i].Value(row));
        }

        _text.WriteLine();
    }

    public override void Complete() => _text.Flush();

    public override void Dispose() => _text.Dispose();

    private void WriteValue(object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string text:
                WriteText(text);
                break;
            case IReadOnlyList<string> texts:
                WriteText(JsonSerializer.Serialize(texts, Plain));
                break;
            case bool flag:
                _text.Write(flag ? "true" : "false");
                break;
            case DateTimeOffset time:
                _text.Write(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
                break;
            default:
                _text.Write(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private void WriteText(string text)
    {
        if (text.Length > 0 && Formula.Contains(text[0]))
        {
            text = "'" + text;
        }

        if (text.AsSpan().IndexOfAny(Quoted) < 0)
        {
            _text.Write(text);
            return;
        }

        _text.Write('"');
        _text.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        _text.Write('"');
    }
}
