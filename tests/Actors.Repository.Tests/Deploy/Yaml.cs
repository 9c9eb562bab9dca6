using System.Text.RegularExpressions;

namespace Actors.Repository.Tests.Deploy;

/// <summary>
/// Reads the plain part of YAML 1.2 that our own files keep to: block mappings and sequences, sequences on one line, quoted and
/// plain scalars, anchors with aliases and merges. Anything else is refused, so what is read is what others read too.
/// </summary>
internal sealed partial class Yaml
{
    private readonly List<(int Number, int Indent, string Text)> _lines;
    private readonly Dictionary<string, object> _anchors = [];
    private int _at;

    private Yaml(IEnumerable<string> lines, int first)
    {
        _lines = [.. lines.Select((line, i) => (first + i, line.Length - line.TrimStart(' ').Length, Uncommented(line)))
            .Where(line => line.Item3.Length > 0)];
    }

    /// <summary>The documents of a file: mappings are dictionaries, sequences lists, scalars strings.</summary>
    /// <exception cref="FormatException">The file is wrong, or uses more of YAML than is read here.</exception>
    public static IReadOnlyList<Dictionary<string, object>> Read(string file) => Read(Checkout.Lines(file), file);

    /// <summary>The documents in the lines of a file.</summary>
    public static IReadOnlyList<Dictionary<string, object>> Read(string[] lines, string file)
    {
        var documents = new List<Dictionary<string, object>>();
        for (var start = 0; start < lines.Length;)
        {
            var end = Array.IndexOf(lines, "---", start);
            end = end < 0 ? lines.Length : end;
            var reader = new Yaml(lines[start..end], start + 1);
            if (reader._lines.Count > 0)
            {
                documents.Add(reader.ReadBlock(0) as Dictionary<string, object> ?? throw new FormatException($"{file} is no mapping."));
                if (reader._at < reader._lines.Count)
                {
                    throw reader.Wrong("is indented strangely");
                }
            }

            start = end + 1;
        }

        return documents;
    }

    private object ReadBlock(int indent) => _lines[_at].Text.StartsWith('-') ? ReadSequence(indent) : ReadMapping(indent);

    private List<object> ReadSequence(int indent)
    {
        var items = new List<object>();
        while (_at < _lines.Count && _lines[_at].Indent == indent && _lines[_at].Text.StartsWith('-'))
        {
            var (number, _, text) = _lines[_at];
            var content = text[1..].TrimStart();
            if (text.Length < 3 || text[1] != ' ')
            {
                throw Wrong("is an item that begins on the next line");
            }

            if (Entry().IsMatch(content))
            {
                var inner = indent + text.Length - content.Length;
                _lines[_at] = (number, inner, content);
                items.Add(ReadMapping(inner));
            }
            else
            {
                items.Add(Scalar(content));
                _at++;
            }
        }

        return items;
    }

    private Dictionary<string, object> ReadMapping(int indent)
    {
        var map = new Dictionary<string, object>();
        var merged = new List<Dictionary<string, object>>();
        while (_at < _lines.Count && _lines[_at].Indent == indent)
        {
            var entry = Entry().Match(_lines[_at].Text);
            if (!entry.Success)
            {
                throw Wrong("is no entry of a mapping");
            }

            var (key, anchor) = (entry.Groups["key"].Value, entry.Groups["anchor"].Value);
            var value = ReadValue(entry.Groups["value"].Value, indent);
            if (anchor.Length > 0)
            {
                _anchors.Add(anchor, value);
            }

            if (key == "<<")
            {
                merged.Add(value as Dictionary<string, object> ?? throw Wrong("merges no mapping"));
            }
            else if (!map.TryAdd(key, value))
            {
                throw Wrong($"repeats the key {key}");
            }
        }

        foreach (var (key, value) in merged.SelectMany(m => m))
        {
            map.TryAdd(key, value);
        }

        return map;
    }

    private object ReadValue(string text, int indent)
    {
        if (text.Length > 0)
        {
            var value = text.StartsWith('*') ? _anchors.GetValueOrDefault(text[1..]) ?? throw Wrong($"knows no {text}") : Scalar(text);
            _at++;
            return value;
        }

        _at++;
        return _at < _lines.Count && _lines[_at].Indent > indent ? ReadBlock(_lines[_at].Indent) : throw Wrong("follows a key without a value");
    }

    private object Scalar(string text)
    {
        if (text == "{}")
        {
            return new Dictionary<string, object>();
        }

        if (text.StartsWith('[') && text.EndsWith(']'))
        {
            var items = Item().Matches(text[1..^1]);
            return items.Sum(i => i.Length) == text.Length - 2
                ? items.Select(i => Scalar(i.Groups["item"].Value)).ToList()
                : throw Wrong("holds a list that is not read here");
        }

        if (text.Length >= 2 && text[0] == '"' && text[^1] == '"')
        {
            return text.Contains('\\', StringComparison.Ordinal) || text[1..^1].Contains('"', StringComparison.Ordinal) ? throw Wrong("escapes") : text[1..^1];
        }

        return Indicator().IsMatch(text) ? throw Wrong("holds a value that is not read here") : text;
    }

    private static string Uncommented(string line)
    {
        if (line.Contains('\t', StringComparison.Ordinal))
        {
            throw new FormatException($"«{line}» holds a tab.");
        }

        return Comment().Replace(line, "").Trim();
    }

    private FormatException Wrong(string what)
    {
        var (number, _, text) = _lines[Math.Min(_at, _lines.Count - 1)];
        return new FormatException($"Line {number} {what}: «{text}»");
    }

    [GeneratedRegex("^(?<key>[A-Za-z0-9_./-]+|<<):(?: +&(?<anchor>[a-z-]+))?(?: +(?<value>.+))?$")]
    private static partial Regex Entry();

    [GeneratedRegex("""\G(?<item>"[^"]*"|[^\s",\[\]{}][^",\[\]{}]*?)(?:, |$)""")]
    private static partial Regex Item();

    [GeneratedRegex("^[&*!|>'\"%@`{}\\[\\],?#]|: |:$| #")]
    private static partial Regex Indicator();

    [GeneratedRegex("""(^| )#.*$""")]
    private static partial Regex Comment();
}
