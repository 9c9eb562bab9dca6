using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Actors.Web.Tests.Fuzzing;

/// <summary>
/// Writes a valid body with one to three things wrong: other kinds of values, values at and beyond every bound, properties
/// that are missing, surplus, renamed or there twice. What it writes is JSON by the grammar unless it is damaged afterwards.
/// </summary>
/// <param name="random">Decides everything.</param>
/// <param name="names">Names of properties that the reader knows.</param>
internal sealed class JsonMutator(Random random, IReadOnlyList<string> names)
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1", "0.5", "-0.0", "1e999", "-1e400", "1e-400", "2147483648", "9223372036854775808", "99999999999999999999",
        "123456789012345678901234567890.5", "\"\"", "\" \"", "\"x\"", "\"0\"", "\"NaN\"", "\"\\ud800\"", "\"\\udc00x\"", "\"a\\u0000b\"", "\"\\r\\n\"",
        "\"\\ud83e\\udd9c\"", "\"\\u202e\\ufeff\"", "[]", "{}", "[[]]", "[null]", "[\"\"]", "[\"a\",\"a\"]", "[{}]", "[0,\"0\",null]", "{\"\":\"\"}", "{\"a\":{\"a\":1}}",
        "{\"__proto__\":{\"x\":1}}", "{\"\\ud800\":1}", "\"9999-12-31T23:59:59.999Z\"", "\"0001-01-01T00:00:00Z\"", "\"2026-02-30T12:00:00Z\"",
        "\"2026-01-01T00:00:00+99:99\"", "\"2026-01-01\"", "\"1969-12-31T23:59:59Z\"", "\"2026-01-01T00:00:00.123456789123Z\"", "\"http://[\"",
        "\"https://x\"", "\"(a+)+$\"", "\"[\"", "\"%00../\"", "\"'; drop table projects; --\"", "\"{{x}}\"", "\"@@@langfusePrompt:name=x|version=1@@@\"",
        "\"@@@langfuseMedia:type=a|id=b|source=c@@@\"", "{\"type\":\"string\",\"pattern\":\"(\"}", "{\"$ref\":\"#\"}", "[{\"role\":\"user\",\"content\":\"{{x}}\"}]",
        "[{\"type\":\"placeholder\",\"name\":\"x\"}]", "\"NUMERIC\"", "\"CATEGORICAL\"", "\"BOOLEAN\"", "\"TEXT\"", "\"chat\"", "\"TRACE\"", "\"production\"", "\"latest\"",
    ];

    private static readonly int[] Lengths = [36, 37, 255, 256, 501, 801, 1001, 5001, 70_000];

    private static readonly int[] Depths = [10, 31, 33, 62, 63, 64, 65, 66, 200, 3000];

    private static readonly string[] Fragments = ["\0", "\r", "\n", "/", "..", "%", "\\", "\"", "'", "|", "\u202e", "\ud83e\udd9c", "é", " ", "{{", "}}", "@@@"];

    private readonly HashSet<int> _targets = [];
    private readonly StringBuilder _text = new();
    private int _node;

    public string Mutate(JsonNode seed)
    {
        _targets.Clear();
        _text.Clear();
        _node = 0;
        var nodes = Count(seed);
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            _targets.Add(random.Next(nodes));
        }

        Write(seed);
        return _text.ToString();
    }

    private static int Count(JsonNode? node) => 1 + node switch
    {
        JsonObject o => o.Sum(p => Count(p.Value)),
        JsonArray a => a.Sum(Count),
        _ => 0,
    };

    private void Write(JsonNode? node)
    {
        if (!_targets.Contains(_node++))
        {
            WriteChildren(node, skip: -1);
            return;
        }

        switch (random.Next(8))
        {
            case 0:
                _text.Append('[');
                WriteChildren(node, skip: -1);
                _text.Append(']');
                break;
            case 1:
                _text.Append("{\"").Append(Name()).Append("\":");
                WriteChildren(node, skip: -1);
                _text.Append('}');
                break;
            case 2 or 3 or 4:
                Change(node);
                break;
            default:
                _text.Append(Odd());
                break;
        }
    }

    private void Change(JsonNode? node)
    {
        switch (node?.GetValueKind())
        {
            case JsonValueKind.Object when node.AsObject().Count > 0 && random.Next(2) == 0:
                WriteChildren(node, skip: random.Next(node.AsObject().Count));
                break;
            case JsonValueKind.Object:
                WriteChildren(node, skip: -1);
                _text.Length--;
                for (var more = random.Next(1, random.Next(20) == 0 ? 300 : 4); more > 0; more--)
                {
                    _text.Append(_text[^1] == '{' ? "" : ",").Append('"').Append(Name()).Append("\":").Append(Odd());
                }

                _text.Append('}');
                break;
            case JsonValueKind.Array when node.AsArray().Count > 0:
                Repeat(node.AsArray());
                break;
            case JsonValueKind.String:
                var text = node.GetValue<string>();
                _text.Append(JsonSerializer.Serialize(text.Insert(random.Next(text.Length + 1), Fragments[random.Next(Fragments.Length)])));
                break;
            case JsonValueKind.Number:
                _text.Append(CultureInfo.InvariantCulture, $"{random.NextInt64(-4, 5) * Math.Pow(10, random.Next(-20, 40))}");
                break;
            default:
                _text.Append(Odd());
                break;
        }
    }

    private void Repeat(JsonArray list)
    {
        var item = list[random.Next(list.Count)]?.ToJsonString() ?? "null";
        _text.Append('[').AppendJoin(',', Enumerable.Repeat(item, random.Next(0, random.Next(50) == 0 ? 1200 : 5))).Append(']');
        _node += Count(list) - 1;
    }

    private void WriteChildren(JsonNode? node, int skip)
    {
        switch (node)
        {
            case JsonObject o:
                _text.Append('{');
                foreach (var (index, (name, value)) in o.Index())
                {
                    if (index == skip)
                    {
                        _node += Count(value);
                        continue;
                    }

                    _text.Append(_text[^1] == '{' ? "" : ",").Append(JsonSerializer.Serialize(name)).Append(':');
                    Write(value);
                }

                _text.Append('}');
                break;
            case JsonArray a:
                _text.Append('[');
                foreach (var (index, item) in a.Index())
                {
                    _text.Append(index == 0 ? "" : ",");
                    Write(item);
                }

                _text.Append(']');
                break;
            default:
                _text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    private string Odd() => random.Next(14) switch
    {
        2 => JsonSerializer.Serialize(Nested(Depths[random.Next(Depths.Length)])),
        0 => $"\"{new string("xé\u4e2d"[random.Next(3)], Lengths[random.Next(Lengths.Length)])}\"",
        1 => Nested(Depths[random.Next(Depths.Length)]),
        _ => Values[random.Next(Values.Length)],
    };

    private string Name() => random.Next(4) switch
    {
        0 => "constructor",
        1 => "x" + random.Next(100).ToString(CultureInfo.InvariantCulture),
        2 when names.Count > 0 => names[random.Next(names.Count)].ToUpperInvariant(),
        _ => names.Count > 0 ? names[random.Next(names.Count)] : "",
    };

    private string Nested(int depth) => random.Next(2) == 0
        ? new string('[', depth) + new string(']', depth)
        : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
}
