using System.Globalization;
using System.Text.Json;

namespace Actors.Storage.Datasets.Schemas;

/// <content>The rules of lists and objects.</content>
internal sealed partial class SchemaCheck
{
    private bool HoldsList(JsonElement rules, string keyword, JsonElement rule, JsonElement list) => keyword switch
    {
        "minItems" => list.GetArrayLength() >= rule.GetInt32() || Fault($"must NOT have fewer than {rule} items"),
        "maxItems" => list.GetArrayLength() <= rule.GetInt32() || Fault($"must NOT have more than {rule} items"),
        "uniqueItems" => rule.ValueKind == JsonValueKind.False || AreUnique(list) || Fault("must NOT have duplicate items"),
        "contains" => Contains(rules, rule, list),
        "prefixItems" => FitByPlace(rule, list),
        "items" when rule.ValueKind == JsonValueKind.Array => FitByPlace(rule, list),
        "items" => FitAfter(rules.TryGetProperty("prefixItems", out var prefix) ? prefix.GetArrayLength() : 0, rule, list),
        "additionalItems" => !rules.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array
            || FitAfter(items.GetArrayLength(), rule, list),
        _ => true,
    };

    private bool HoldsObject(JsonElement rules, string keyword, JsonElement rule, JsonElement value) => keyword switch
    {
        "minProperties" => value.GetPropertyCount() >= rule.GetInt32() || Fault($"must NOT have fewer than {rule} properties"),
        "maxProperties" => value.GetPropertyCount() <= rule.GetInt32() || Fault($"must NOT have more than {rule} properties"),
        "required" => HasAll(rule, value, null),
        "properties" => FitByName(rule, value),
        "patternProperties" => FitByPattern(rule, value),
        "additionalProperties" => FitOthers(rules, rule, value),
        "propertyNames" => FitNames(rule, value),
        "dependentRequired" or "dependentSchemas" or "dependencies" => FitDependencies(rule, value),
        _ => true,
    };

    private bool FitByPlace(JsonElement schemas, JsonElement list)
    {
        var fits = true;
        var index = 0;
        foreach (var (rules, item) in schemas.EnumerateArray().Zip(list.EnumerateArray()))
        {
            fits &= FitsAt(Number(index++), rules, item);
        }

        return fits;
    }

    private bool FitAfter(int skipped, JsonElement rules, JsonElement list)
    {
        var fits = true;
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (index >= skipped)
            {
                fits &= FitsAt(Number(index), rules, item);
            }

            index++;
        }

        return fits;
    }

    private bool Contains(JsonElement rules, JsonElement rule, JsonElement list)
    {
        var min = rules.TryGetProperty("minContains", out var least) ? least.GetInt32() : 1;
        var max = rules.TryGetProperty("maxContains", out var most) ? most.GetInt32() : int.MaxValue;
        var count = list.EnumerateArray().Count(item => Matches(rule, item));
        return (count >= min && count <= max) || Fault($"must contain at least {min} valid item(s)" + (max == int.MaxValue ? "" : $" and no more than {max}"));
    }

    private bool AreUnique(JsonElement list)
    {
        var seen = new Dictionary<int, List<JsonElement>>();
        foreach (var item in list.EnumerateArray())
        {
            Spend(1);
            var alike = Bucket(seen, Hash(item));
            if (alike.Exists(other => AreEqual(item, other)))
            {
                return false;
            }

            alike.Add(item);
        }

        return true;
    }

    private bool FitByName(JsonElement schemas, JsonElement value)
    {
        var fits = true;
        foreach (var property in schemas.EnumerateObject())
        {
            fits &= !TryGet(value, property.Name, out var child) || FitsAt(property.Name, property.Value, child);
        }

        return fits;
    }

    private bool FitByPattern(JsonElement schemas, JsonElement value)
    {
        var fits = true;
        foreach (var pattern in schemas.EnumerateObject())
        {
            foreach (var property in value.EnumerateObject())
            {
                fits &= !IsMatch(pattern.Name, property.Name) || FitsAt(property.Name, pattern.Value, property.Value);
            }
        }

        return fits;
    }

    private bool FitOthers(JsonElement rules, JsonElement rule, JsonElement value)
    {
        var named = rules.TryGetProperty("properties", out var properties);
        var patterned = rules.TryGetProperty("patternProperties", out var patterns);
        var fits = true;
        foreach (var property in value.EnumerateObject())
        {
            Spend(1);
            if ((named && properties.TryGetProperty(property.Name, out _))
                || (patterned && patterns.EnumerateObject().Any(pattern => IsMatch(pattern.Name, property.Name))))
            {
                continue;
            }

            fits &= rule.ValueKind == JsonValueKind.False
                ? Fault($"must NOT have additional properties ('{property.Name}')")
                : FitsAt(property.Name, rule, property.Value);
        }

        return fits;
    }

    private bool FitNames(JsonElement rules, JsonElement value)
    {
        var fits = true;
        foreach (var property in value.EnumerateObject())
        {
            using var name = JsonDocument.Parse(JsonSerializer.Serialize(property.Name));
            fits &= Matches(rules, name.RootElement) || Fault($"property name '{property.Name}' is invalid");
        }

        return fits;
    }

    private bool FitDependencies(JsonElement dependencies, JsonElement value)
    {
        var fits = true;
        foreach (var dependency in dependencies.EnumerateObject())
        {
            if (TryGet(value, dependency.Name, out _))
            {
                fits &= dependency.Value.ValueKind == JsonValueKind.Array
                    ? HasAll(dependency.Value, value, dependency.Name)
                    : Fits(dependency.Value, value);
            }
        }

        return fits;
    }

    private bool HasAll(JsonElement names, JsonElement value, string? because)
    {
        var fits = true;
        foreach (var name in names.EnumerateArray())
        {
            fits &= TryGet(value, name.GetString()!, out _)
                || Fault(because is null ? $"must have required property '{name}'" : $"must have property '{name}' when property '{because}' is present");
        }

        return fits;
    }

    // A property is found by looking at all of them.
    private bool TryGet(JsonElement value, string name, out JsonElement child)
    {
        Spend(1 + (value.GetPropertyCount() / BytesPerStep));
        return value.TryGetProperty(name, out child);
    }

    private static List<JsonElement> Bucket(Dictionary<int, List<JsonElement>> seen, int hash) =>
        seen.TryGetValue(hash, out var alike) ? alike : seen[hash] = [];

    // Equal values have equal hashes; 1 and 1.0 are equal.
    private static int Hash(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => string.GetHashCode(value.GetString(), StringComparison.Ordinal),
        JsonValueKind.Number => value.GetDouble().GetHashCode(),
        JsonValueKind.Array => HashCode.Combine(value.ValueKind, value.GetArrayLength()),
        JsonValueKind.Object => HashCode.Combine(value.ValueKind, value.GetPropertyCount()),
        _ => (int)value.ValueKind,
    };

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);
}
