using System.Text.RegularExpressions;

namespace Actors.Repository.Tests.Deploy;

/// <summary>
/// The settings that the server has, read from the source of its options, and from the documentation where the source reads a
/// setting by its name: one that is none of them would do nothing.
/// </summary>
internal static partial class ServerSettings
{
    private static readonly string[] Documents = ["docs/configuration.md", "docs/cluster.md"];

    private static readonly Lazy<IReadOnlySet<string>> All = new(ReadAll);

    /// <summary>Whether an environment variable such as <c>Actors__DataDirectory</c> names a setting.</summary>
    public static bool Has(string variable) => All.Value.Contains(variable.Replace("__", ":", StringComparison.Ordinal));

    private static HashSet<string> ReadAll()
    {
        var classes = Checkout.Files
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && !f.StartsWith("tests/", StringComparison.Ordinal) && !f.StartsWith("bench/", StringComparison.Ordinal))
            .Select(Checkout.Read)
            .SelectMany(text => OptionsClass().Split(text).Skip(1).Chunk(2))
            .GroupBy(parts => parts[0], parts => parts[1])
            .ToDictionary(parts => parts.Key, parts => string.Concat(parts));
        var settings = new HashSet<string>();
        foreach (var body in classes.Values)
        {
            if (Section().Match(body) is { Success: true } section)
            {
                Add(settings, section.Groups["section"].Value, body, classes);
            }
        }

        // What a node is, is read before there are options.
        var hosting = Checkout.Files.Where(f => f.StartsWith("silo/Hosting/", StringComparison.Ordinal)).Select(Checkout.Read).ToList();
        var told = Documents.SelectMany(Checkout.Lines).Where(l => l.StartsWith('|')).SelectMany(l => Told().Matches(l.Split('|')[1]));
        settings.UnionWith(told.Select(t => t.Groups["name"].Value)
            .Where(name => hosting.Any(text => text.Contains($"\"{name}\"", StringComparison.Ordinal) || text.Contains($"\"{name[(name.LastIndexOf(':') + 1)..]}\"", StringComparison.Ordinal))));
        return settings;
    }

    private static void Add(HashSet<string> settings, string section, string body, Dictionary<string, string> classes)
    {
        foreach (Match property in Property().Matches(body))
        {
            var name = $"{section}:{property.Groups["name"].Value}";
            settings.Add(name);
            if (classes.TryGetValue(property.Groups["type"].Value, out var inner))
            {
                Add(settings, name, inner, classes);
            }
        }
    }

    [GeneratedRegex("`(?<name>Actors:[A-Za-z:]+)`")]
    private static partial Regex Told();

    // The text behind each class up to the next one.
    [GeneratedRegex(@"(?m)^(?:public|internal) (?:static |sealed |partial )*(?:class|record|enum|interface|struct) (\w+)")]
    private static partial Regex OptionsClass();

    [GeneratedRegex("const string Section = \"(?<section>Actors[^\"]*)\"")]
    private static partial Regex Section();

    [GeneratedRegex(@"public (?:required )?(?<type>[\w.?<>]+) (?<name>\w+) \{ get; (?:set|init); \}")]
    private static partial Regex Property();
}
