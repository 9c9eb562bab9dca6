namespace Actors.Repository.Tests.Deploy;

/// <summary>Finds its way in what <see cref="Yaml"/> has read; a path that is not there fails with its name.</summary>
internal static class YamlExtensions
{
    public static Dictionary<string, object> Map(this Dictionary<string, object> map, string path) => (Dictionary<string, object>)map.At(path);

    public static List<object> List(this Dictionary<string, object> map, string path) => (List<object>)map.At(path);

    public static string Text(this Dictionary<string, object> map, string path) => (string)map.At(path);

    /// <summary>The items of a sequence of scalars; none when it is missing.</summary>
    public static IReadOnlyList<string> Texts(this Dictionary<string, object> map, string key) =>
        map.TryGetValue(key, out var list) ? [.. ((List<object>)list).Cast<string>()] : [];

    /// <summary>The items of a sequence of mappings; none when it is missing.</summary>
    public static IReadOnlyList<Dictionary<string, object>> Maps(this Dictionary<string, object> map, string key) =>
        map.TryGetValue(key, out var list) ? [.. ((List<object>)list).Cast<Dictionary<string, object>>()] : [];

    private static object At(this Dictionary<string, object> map, string path)
    {
        object value = map;
        foreach (var key in path.Split(' '))
        {
            value = value is Dictionary<string, object> inner && inner.TryGetValue(key, out var found)
                ? found
                : throw new KeyNotFoundException($"There is no '{key}' on the way to '{path}'.");
        }

        return value;
    }
}
