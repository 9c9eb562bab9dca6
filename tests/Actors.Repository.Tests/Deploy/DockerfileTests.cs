using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Actors.Repository.Tests.Deploy;

/// <summary>The image is built of what is in the tree, and of all that the server needs.</summary>
public sealed partial class DockerfileTests
{
    private static readonly string[] Lines = [.. Checkout.Read("Dockerfile").Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')];

    [Fact]
    public void It_is_pinned_runs_as_nobody_and_can_be_asked()
    {
        var version = Value("ARG DOTNET=");
        foreach (var from in Lines.Where(l => l.StartsWith("FROM ", StringComparison.Ordinal)))
        {
            Secrecy.AssertPinned(Image().Match(from).Groups["image"].Value.Replace("${DOTNET}", version, StringComparison.Ordinal));
        }

        var last = Lines.Skip(Array.FindLastIndex(Lines, l => l.StartsWith("FROM ", StringComparison.Ordinal))).ToList();
        Assert.Matches("^USER [1-9][0-9]+:[1-9][0-9]+$", last.Last(l => l.StartsWith("USER", StringComparison.Ordinal)));
        Assert.Contains(last, l => l.StartsWith("HEALTHCHECK", StringComparison.Ordinal) && l.Contains("\"health\"", StringComparison.Ordinal));
        Assert.DoesNotContain(last, l => l.StartsWith("RUN", StringComparison.Ordinal));
        var settings = last.SelectMany(l => Setting().Matches(l).Select(m => m.Value)).ToList();
        Assert.NotEmpty(settings);
        Assert.All(settings, s => Assert.True(ServerSettings.Has(s), $"The server has no setting {s}."));
    }

    [Fact]
    public void The_restore_reads_every_project_of_the_server_and_its_lock_file()
    {
        var restore = Array.FindIndex(Lines, l => l.Contains("dotnet restore silo --locked-mode", StringComparison.Ordinal));
        var copied = Sources(Lines[..restore]).ToHashSet();
        foreach (var project in Projects("silo/Actors.Silo.csproj"))
        {
            Assert.Contains(project, copied);
            Assert.Contains(Path.GetDirectoryName(project)!.Replace('\\', '/') + "/packages.lock.json", copied);
        }
    }

    [Fact]
    public void What_is_copied_is_there_and_is_sent()
    {
        var sent = Checkout.Lines(".dockerignore").Where(l => l.StartsWith('!')).Select(l => l[1..]).ToList();
        foreach (var source in Sources(Lines))
        {
            Assert.True(Path.Exists(Path.Combine(Checkout.Root, source)), $"{source} is not there.");
            Assert.Contains(source.Split('/')[0], sent);
        }

        var folders = Projects("silo/Actors.Silo.csproj").Select(p => p.Split('/')[0]).Distinct();
        Assert.All(folders, f => Assert.Contains(f + "/", Sources(Lines)));
    }

    private static HashSet<string> Projects(string project)
    {
        var found = new HashSet<string> { project };
        foreach (var reference in XDocument.Load(Path.Combine(Checkout.Root, project)).Descendants("ProjectReference"))
        {
            var path = Path.GetFullPath(Path.Combine(Checkout.Root, Path.GetDirectoryName(project)!, reference.Attribute("Include")!.Value.Replace('\\', '/')));
            found.UnionWith(Projects(Path.GetRelativePath(Checkout.Root, path).Replace('\\', '/')));
        }

        return found;
    }

    private static IEnumerable<string> Sources(IEnumerable<string> lines) =>
        lines.Where(l => l.StartsWith("COPY ", StringComparison.Ordinal) && !l.Contains("--from=", StringComparison.Ordinal))
            .SelectMany(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..^1]);

    private static string Value(string start) => Lines.Single(l => l.StartsWith(start, StringComparison.Ordinal))[start.Length..];

    [GeneratedRegex("(?<image>[^ ]+:[^ ]+) AS")]
    private static partial Regex Image();

    [GeneratedRegex(@"\bActors__\w+")]
    private static partial Regex Setting();
}
