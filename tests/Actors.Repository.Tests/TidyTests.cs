using System.Text.RegularExpressions;
using Xunit;

namespace Actors.Repository.Tests;

/// <summary>Reads the tree and finds what a reviewer should not have to.</summary>
public sealed partial class TidyTests
{
    private const int LongFile = 500;

    private static readonly string[] RootFiles =
    [
        ".dockerignore", ".editorconfig", ".gitattributes", ".gitignore", "Actors.sln", "BannedSymbols.txt", "CHANGELOG.md", "CONTRIBUTING.md",
        "Directory.Build.props", "Directory.Packages.props", "Dockerfile", "LICENSE", "README.md", "docker-compose.embedded.yml",
        "docker-compose.yml", "global.json", "test.sh",
    ];

    private static IEnumerable<string> OwnCode =>
        Checkout.Files.Where(f => OwnExtension().IsMatch(f) && !Foreign().IsMatch(f));

    [Fact]
    public void The_root_holds_only_known_files()
    {
        var strays = Checkout.Files.Where(f => !f.Contains('/', StringComparison.Ordinal)).Except(RootFiles).ToList();
        Assert.Empty(strays);
    }

    [Fact]
    public void Long_files_say_why_at_the_top()
    {
        foreach (var file in OwnCode)
        {
            var lines = Checkout.Lines(file);
            Assert.True(
                lines.Length <= LongFile || lines.Take(5).Any(l => l.Contains("Long because", StringComparison.Ordinal)),
                $"{file} has {lines.Length} lines: find a seam, or begin with «Long because …».");
        }
    }

    [Fact]
    public void No_marker_of_unfinished_work_is_left()
    {
        foreach (var file in OwnCode.Where(f => !f.EndsWith(nameof(TidyTests) + ".cs", StringComparison.Ordinal)))
        {
            var line = Array.FindIndex(Checkout.Lines(file), l => Marker().IsMatch(l));
            Assert.True(line < 0, $"{file}:{line + 1} holds a marker of unfinished work.");
        }
    }

    [Fact]
    public void No_path_of_a_developers_machine_is_named()
    {
        foreach (var file in Checkout.Files.Where(f => TextExtension().IsMatch(f) && !Foreign().IsMatch(f) && !f.EndsWith(nameof(TidyTests) + ".cs", StringComparison.Ordinal)))
        {
            var line = Array.FindIndex(Checkout.Lines(file), l => MachinePath().IsMatch(l));
            Assert.True(line < 0, $"{file}:{line + 1} names a path of one machine.");
        }
    }

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        foreach (var file in Checkout.Files.Where(f => f.EndsWith(".md", StringComparison.Ordinal) && !Foreign().IsMatch(f)))
        {
            foreach (Match link in MarkdownLink().Matches(Checkout.Read(file)))
            {
                var target = Path.GetFullPath(Path.Combine(Checkout.Root, Path.GetDirectoryName(file)!, link.Groups["path"].Value));
                Assert.True(Path.Exists(target), $"{file} links to {link.Groups["path"].Value}, which is not there.");
            }
        }
    }

    [Fact]
    public void Decisions_are_numbered_without_gaps()
    {
        var numbers = Checkout.Files.Where(f => f.StartsWith("docs/adr/", StringComparison.Ordinal))
            .Select(f => int.Parse(Path.GetFileName(f)[..4], System.Globalization.CultureInfo.InvariantCulture)).Order().ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
    }

    [GeneratedRegex(@"\.(cs|razor|js|mjs|css|sql|proto|sh)$")]
    private static partial Regex OwnExtension();

    [GeneratedRegex(@"\.(cs|razor|js|mjs|css|sql|proto|sh|md|json|yml|csproj|props)$")]
    private static partial Regex TextExtension();

    [GeneratedRegex(@"(^|/)(lib|Migrations|Protos|node_modules|fixtures)/|\.min\.|package-lock\.json$|packages\.lock\.json$")]
    private static partial Regex Foreign();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Marker();

    [GeneratedRegex(@"(?<![\w.:/-])/(home|Users|root|tmp|work|mnt)/\w+|[A-Z]:\\Users\\")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)(?<path>[^)#\s]+)")]
    private static partial Regex MarkdownLink();
}
