using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Actors.Storage.Datasets.Schemas;

/// <summary>
/// One check of one value. Every look at a schema or a part of the value is a step; when the steps are used up the value
/// counts as one that does not fit, because nobody can say that it does.
/// </summary>
internal sealed partial class SchemaCheck(JsonSchema schema)
{
    private const int MaxSteps = 5_000_000;
    private const int MaxDepth = 400;
    private const int MaxFaults = 10;

    // Comparing or matching this many bytes costs as much as one step.
    private const int BytesPerStep = 32;

    private readonly List<string> _faults = [];
    private readonly List<string> _path = [];
    private int _left = MaxSteps;
    private int _depth;
    private int _quiet;

    public IReadOnlyList<string> Run(JsonElement root, JsonElement value)
    {
        try
        {
            Fits(root, value);
            return _faults;
        }
        catch (SchemaException e)
        {
            return [e.Message];
        }
        catch (RegexMatchTimeoutException)
        {
            return ["a pattern of the schema takes too long"];
        }
    }

    private bool Fits(JsonElement rules, JsonElement value)
    {
        Spend(1);
        if (rules.ValueKind != JsonValueKind.Object)
        {
            return rules.ValueKind == JsonValueKind.True || Fault("is not allowed");
        }

        if (++_depth > MaxDepth)
        {
            throw new SchemaException("the schema refers to itself too often");
        }

        var fits = true;
        foreach (var keyword in rules.EnumerateObject())
        {
            Spend(1);
            fits &= Holds(rules, keyword.Name, keyword.Value, value);
            if (!fits && (_quiet > 0 || _faults.Count >= MaxFaults))
            {
                break;
            }
        }

        _depth--;
        return fits;
    }

    private bool Holds(JsonElement rules, string keyword, JsonElement rule, JsonElement value) => keyword switch
    {
        "type" => IsOfType(rule, value) || Fault("must be " + TypeText(rule)),
        "const" => AreEqual(rule, value) || Fault("must be equal to the constant of the schema"),
        "enum" => rule.EnumerateArray().Any(allowed => AreEqual(allowed, value)) || Fault("must be equal to one of the allowed values"),
        "$ref" => Fits(schema.Resolve(rule.GetString()!), value),
        "allOf" => All(rule, value),
        "anyOf" => CountMatches(rule, value, 1) > 0 || Fault("must match a schema in anyOf"),
        "oneOf" => CountMatches(rule, value, 2) == 1 || Fault("must match exactly one schema in oneOf"),
        "not" => !Matches(rule, value) || Fault("must not be valid against the schema in not"),
        "if" => !rules.TryGetProperty(Matches(rule, value) ? "then" : "else", out var branch) || Fits(branch, value),
        _ => value.ValueKind switch
        {
            JsonValueKind.String => HoldsText(keyword, rule, value.GetString()!),
            JsonValueKind.Number => HoldsNumber(keyword, rule, value),
            JsonValueKind.Array => HoldsList(rules, keyword, rule, value),
            JsonValueKind.Object => HoldsObject(rules, keyword, rule, value),
            _ => true,
        },
    };

    private bool HoldsText(string keyword, JsonElement rule, string text) => keyword switch
    {
        "minLength" => Length(text) >= rule.GetInt32() || Fault($"must NOT have fewer than {rule} characters"),
        "maxLength" => Length(text) <= rule.GetInt32() || Fault($"must NOT have more than {rule} characters"),
        "pattern" => IsMatch(rule.GetString()!, text) || Fault($"must match pattern \"{rule}\""),
        "format" => SchemaFormats.Fits(rule.GetString()!, text) || Fault($"must match format \"{rule}\""),
        _ => true,
    };

    private bool HoldsNumber(string keyword, JsonElement rule, JsonElement value) => keyword switch
    {
        "minimum" => Compare(value, rule) >= 0 || Fault($"must be >= {rule}"),
        "maximum" => Compare(value, rule) <= 0 || Fault($"must be <= {rule}"),
        "exclusiveMinimum" => Compare(value, rule) > 0 || Fault($"must be > {rule}"),
        "exclusiveMaximum" => Compare(value, rule) < 0 || Fault($"must be < {rule}"),
        "multipleOf" => IsMultiple(value, rule) || Fault($"must be multiple of {rule}"),
        _ => true,
    };

    private bool All(JsonElement list, JsonElement value)
    {
        var fits = true;
        foreach (var rules in list.EnumerateArray())
        {
            fits &= Fits(rules, value);
        }

        return fits;
    }

    private int CountMatches(JsonElement list, JsonElement value, int enough)
    {
        var count = 0;
        foreach (var rules in list.EnumerateArray())
        {
            if (Matches(rules, value) && ++count == enough)
            {
                break;
            }
        }

        return count;
    }

    private bool Matches(JsonElement rules, JsonElement value)
    {
        _quiet++;
        var depth = _depth;
        var fits = Fits(rules, value);
        _depth = depth;
        _quiet--;
        return fits;
    }

    private bool FitsAt(string name, JsonElement rules, JsonElement value)
    {
        _path.Add(name);
        var fits = Fits(rules, value);
        _path.RemoveAt(_path.Count - 1);
        return fits;
    }

    private bool IsMatch(string pattern, string text)
    {
        Spend(1 + text.Length);
        return schema.Pattern(pattern).IsMatch(text);
    }

    private int Length(string text)
    {
        Spend(text.Length / BytesPerStep);
        return text.EnumerateRunes().Count();
    }

    private bool AreEqual(JsonElement one, JsonElement other)
    {
        Spend(1 + (Math.Min(Size(one), Size(other)) / BytesPerStep));
        return JsonElement.DeepEquals(one, other);
    }

    private void Spend(int steps)
    {
        _left -= steps;
        if (_left < 0)
        {
            throw new SchemaException("checking it takes too much work: use a simpler schema or a smaller value");
        }
    }

    private bool Fault(string message)
    {
        if (_quiet == 0 && _faults.Count < MaxFaults)
        {
            _faults.Add(_path.Count == 0 ? message : $"/{string.Join('/', _path)} {message}");
        }

        return false;
    }

    private static int Size(JsonElement value) => JsonMarshal.GetRawUtf8Value(value).Length;

    private static int Compare(JsonElement one, JsonElement other) =>
        one.TryGetDecimal(out var exact) && other.TryGetDecimal(out var limit)
            ? exact.CompareTo(limit)
            : one.GetDouble().CompareTo(other.GetDouble());

    private static bool IsMultiple(JsonElement value, JsonElement step)
    {
        if (value.TryGetDecimal(out var exact) && step.TryGetDecimal(out var exactStep) && exactStep != 0)
        {
            return exact % exactStep == 0;
        }

        var quotient = value.GetDouble() / step.GetDouble();
        return double.IsFinite(quotient) && Math.Abs(quotient - Math.Round(quotient)) < 1e-9;
    }

    private static bool IsOfType(JsonElement rule, JsonElement value) =>
        rule.ValueKind == JsonValueKind.Array
            ? rule.EnumerateArray().Any(name => IsOfType(name.GetString()!, value))
            : IsOfType(rule.GetString()!, value);

    private static bool IsOfType(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => name == "string",
        JsonValueKind.True or JsonValueKind.False => name == "boolean",
        JsonValueKind.Object => name == "object",
        JsonValueKind.Array => name == "array",
        JsonValueKind.Null => name == "null",
        _ => name == "number" || (name == "integer" && IsWhole(value)),
    };

    private static bool IsWhole(JsonElement value) =>
        value.TryGetDecimal(out var exact) ? decimal.IsInteger(exact) : double.IsInteger(value.GetDouble());

    private static string TypeText(JsonElement rule) =>
        rule.ValueKind == JsonValueKind.Array
            ? string.Join(',', rule.EnumerateArray().Select(name => name.GetString()))
            : rule.GetString()!;
}
