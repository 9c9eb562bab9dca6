using System.Globalization;
using System.Reflection;
using Actors.Contracts;

namespace Actors.Web.Tests.Approval;

/// <summary>Makes instances of wire types by their shape, always the same.</summary>
internal static class WireSample
{
    private static readonly NullabilityInfoContext Nullability = new();

    // An offset and a part of a millisecond, both of which the wire does not show.
    private static readonly DateTimeOffset Time = DateTimeOffset.ParseExact(
        "2026-03-04T05:06:07.0894+02:00", "yyyy-MM-dd'T'HH:mm:ss.ffffzzz", CultureInfo.InvariantCulture);

    /// <summary>Everything is there.</summary>
    public static object Full(Type type) => Make(type, (_, name, wanted, _) => FullValue(wanted, name));

    /// <summary>What may be null is null, lists are empty, numbers are 0.</summary>
    public static object Empty(Type type) => Make(type, (_, _, wanted, isNullable) => isNullable ? null : EmptyValue(wanted));

    private delegate object? Fill(Type owner, string name, Type wanted, bool isNullable);

    private static object Make(Type type, Fill fill)
    {
        // Records have a constructor with everything, or properties to be set.
        var constructor = type.GetConstructors().Where(c => c.GetParameters() is not [var only] || only.ParameterType != type.BaseType && only.ParameterType != type)
            .MaxBy(c => type.IsAssignableTo(typeof(ScoreBody)) ? -c.GetParameters().Length : c.GetParameters().Length)!;
        var parameters = constructor.GetParameters();
        var made = constructor.Invoke(
            [.. parameters.Select(p => fill(type, p.Name!, p.ParameterType, IsNullable(p.ParameterType, Nullability.Create(p))))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            if (!parameters.Any(p => p.Name == property.Name))
            {
                property.SetValue(made, fill(type, property.Name, property.PropertyType, IsNullable(property.PropertyType, Nullability.Create(property))));
            }
        }

        return made;
    }

    private static bool IsNullable(Type type, NullabilityInfo info) =>
        Nullable.GetUnderlyingType(type) is not null || info.ReadState == NullabilityState.Nullable;

    private static object FullValue(Type type, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Elements(type) is { } list)
        {
            return list.Fill(FullValue(list.Element, name));
        }

        return type switch
        {
            _ when type == typeof(string) => $"a \"{name}\" & <ü>",
            _ when type == typeof(int) => 7,
            _ when type == typeof(long) => 5_000_000_000L,
            _ when type == typeof(double) => 0.1,
            _ when type == typeof(decimal) => 0.000012500m,
            _ when type == typeof(bool) => true,
            _ when type == typeof(DateTimeOffset) => Time,
            _ when type == typeof(RawJson) => new RawJson("""{"any":[1.50,null,"é"]}"""),
            _ => Full(type),
        };
    }

    private static object EmptyValue(Type type) =>
        type == typeof(string) ? ""
        : Elements(type) is { } list ? list.Fill()
        : type.IsValueType ? Activator.CreateInstance(type)!
        : Empty(type);

    private static Collection? Elements(Type type)
    {
        if (!type.IsGenericType)
        {
            return null;
        }

        var (kind, arguments) = (type.GetGenericTypeDefinition(), type.GetGenericArguments());
        return kind == typeof(IReadOnlyList<>) ? new Collection(typeof(List<>).MakeGenericType(arguments), arguments[0])
            : kind == typeof(IReadOnlyDictionary<,>) ? new Collection(typeof(Dictionary<,>).MakeGenericType(arguments), arguments[1])
            : null;
    }

    private sealed record Collection(Type Type, Type Element)
    {
        public object Fill(params object[] values)
        {
            var collection = Activator.CreateInstance(Type)!;
            foreach (var value in values)
            {
                switch (collection)
                {
                    case System.Collections.IList list:
                        list.Add(value);
                        break;
                    case System.Collections.IDictionary dictionary:
                        dictionary.Add("aKey", value);
                        break;
                }
            }

            return collection;
        }
    }
}
