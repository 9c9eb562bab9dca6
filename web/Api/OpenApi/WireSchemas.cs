using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Actors.Contracts;

namespace Actors.Web.Api.OpenApi;

/// <summary>
/// JSON Schemas of wire types, read from the metadata that also writes them, so that a schema cannot differ from the bytes.
/// </summary>
internal sealed class WireSchemas
{
    private readonly SortedDictionary<string, JsonObject> _components = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Type> _types = [];

    /// <summary>The schemas that others refer to, by name.</summary>
    public JsonObject Components => new(_components.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value.DeepClone())));

    /// <summary>The schema of a type; objects are components of their own.</summary>
    public JsonObject Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return OrNull(Of(value));
        }

        if (Simple(type) is { } simple)
        {
            return simple;
        }

        var info = ContractsJsonContext.Wire.GetTypeInfo(type)
            ?? throw new InvalidOperationException($"{type} is not known to {nameof(ContractsJsonContext)}.");
        return info.Kind switch
        {
            JsonTypeInfoKind.Enumerable => new JsonObject { ["type"] = "array", ["items"] = Of(info.ElementType!) },
            JsonTypeInfoKind.Dictionary => new JsonObject { ["type"] = "object", ["additionalProperties"] = Of(info.ElementType!) },
            JsonTypeInfoKind.Object => Refer(info),
            _ => throw new InvalidOperationException($"{type} has a converter of its own, and no schema."),
        };
    }

    /// <summary>The name of a component. <c>PageBody&lt;TraceBody&gt;</c> is a TracePage: generated clients read like the field's own words.</summary>
    public static string NameOf(Type type)
    {
        var name = type.Name.Split('`')[0];
        name = name.EndsWith("Body", StringComparison.Ordinal) ? name[..^"Body".Length] : name;
        return string.Concat(type.GetGenericArguments().Select(NameOf)) + name;
    }

    private JsonObject Refer(JsonTypeInfo info)
    {
        var name = NameOf(info.Type);
        if (_types.TryAdd(name, info.Type))
        {
            _components[name] = Write(info);
        }
        else if (_types[name] != info.Type)
        {
            throw new InvalidOperationException($"{info.Type} and {_types[name]} would both be {name}.");
        }

        return new JsonObject { ["$ref"] = "#/components/schemas/" + name };
    }

    private JsonObject Write(JsonTypeInfo info)
    {
        if (info.PolymorphismOptions is { DerivedTypes: { Count: > 0 } kinds })
        {
            return new JsonObject { ["anyOf"] = new JsonArray([.. kinds.Select(kind => Of(kind.DerivedType))]) };
        }

        var properties = new JsonObject();
        var required = new JsonArray();
        if (KindOf(info.Type) is var (name, kind))
        {
            properties[name] = new JsonObject { ["enum"] = new JsonArray(kind) };
            required.Add(name);
        }

        foreach (var property in info.Properties.Where(p => p.Get is not null).OrderBy(p => p.Order))
        {
            var schema = Of(property.PropertyType);
            properties[property.Name] = property is { IsGetNullable: true, PropertyType.IsValueType: false } ? OrNull(schema) : schema;
            if (!CanBeLeftOut(property))
            {
                required.Add(property.Name);
            }
        }

        return new JsonObject { ["type"] = "object", ["required"] = required, ["properties"] = properties };
    }

    // What tells a type among others of its kind.
    private static (string Name, string Kind)? KindOf(Type type)
    {
        for (var family = type.BaseType; family is not null; family = family.BaseType)
        {
            var kinds = family.GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false).Cast<JsonDerivedTypeAttribute>();
            if (kinds.FirstOrDefault(k => k.DerivedType == type)?.TypeDiscriminator is string kind)
            {
                return (family.GetCustomAttributes(typeof(JsonPolymorphicAttribute), inherit: false).Cast<JsonPolymorphicAttribute>().Single().TypeDiscriminatorPropertyName!, kind);
            }
        }

        return null;
    }

    private static bool CanBeLeftOut(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true) is [JsonIgnoreAttribute, ..];

    private static JsonObject? Simple(Type type)
    {
        if (type == typeof(RawJson))
        {
            return [];
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.String => new JsonObject { ["type"] = "string" },
            TypeCode.Boolean => new JsonObject { ["type"] = "boolean" },
            TypeCode.Int32 => new JsonObject { ["type"] = "integer", ["format"] = "int32" },
            TypeCode.Int64 => new JsonObject { ["type"] = "integer", ["format"] = "int64" },
            TypeCode.Double or TypeCode.Decimal => new JsonObject { ["type"] = "number" },
            _ => type == typeof(DateTimeOffset) ? new JsonObject { ["type"] = "string", ["format"] = "date-time" } : null,
        };
    }

    private static JsonObject OrNull(JsonObject schema)
    {
        switch (schema["type"])
        {
            case JsonValue type:
                schema["type"] = new JsonArray(type.GetValue<string>(), "null");
                return schema;
            case null when schema.Count > 0:
                return new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
            default:
                return schema;
        }
    }
}
