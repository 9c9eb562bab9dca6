using System.Xml.Linq;
using Xunit;

namespace Actors.Repository.Tests;

/// <summary>Who may know whom. A new edge needs a line here, and a reason in review.</summary>
public sealed class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> AllowedReferences = new()
    {
        ["Actors.Contracts"] = [],
        ["Actors.Grains.Abstractions"] = [],
        ["Actors.Grains"] = ["Actors.Grains.Abstractions"],
        ["Actors.Storage"] = ["Actors.Grains.Abstractions"],
        ["Actors.Analytics"] = ["Actors.Grains.Abstractions"],
        ["Actors.Web"] = ["Actors.Contracts", "Actors.Grains.Abstractions"],
        ["Actors.Silo"] =
        [
            "Actors.Contracts", "Actors.Grains.Abstractions", "Actors.Grains", "Actors.Storage", "Actors.Analytics", "Actors.Web",
        ],
        ["Actors.Samples.Live"] = ["Actors.Contracts"],
    };

    // Which product project alone may see a package that the others must not depend on.
    private static readonly Dictionary<string, string> PackageOwners = new()
    {
        ["Microsoft.Data.Sqlite"] = "Actors.Storage",
        ["Microsoft.EntityFrameworkCore"] = "Actors.Storage",
        ["Npgsql"] = "Actors.Storage",
        ["DuckDB"] = "Actors.Analytics",
        ["MudBlazor"] = "Actors.Web",
    };

    [Fact]
    public void Product_projects_reference_only_what_they_may_know()
    {
        foreach (var project in ProductProjects())
        {
            Assert.True(AllowedReferences.TryGetValue(project.Name, out var allowed), $"{project.Name} is not in the list of projects.");
            var surplus = project.References.Except(allowed!).ToList();
            Assert.True(surplus.Count == 0, $"{project.Name} may not reference {string.Join(", ", surplus)}.");
        }
    }

    [Fact]
    public void Stores_and_components_are_seen_by_their_owner_alone()
    {
        foreach (var project in ProductProjects())
        {
            foreach (var package in project.Packages)
            {
                var owner = PackageOwners.FirstOrDefault(o => package.StartsWith(o.Key, StringComparison.Ordinal)).Value;
                Assert.True(owner is null || owner == project.Name, $"{project.Name} may not see {package}: it belongs to {owner}.");
            }
        }
    }

    [Fact]
    public void Every_project_is_in_the_solution_and_has_a_lock_file()
    {
        var solution = Checkout.Read("Actors.sln").Replace('\\', '/');
        foreach (var file in Checkout.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)))
        {
            Assert.Contains(file, solution, StringComparison.Ordinal);
            Assert.Contains(Path.GetDirectoryName(file)!.Replace('\\', '/') + "/packages.lock.json", Checkout.Files);
        }
    }

    [Fact]
    public void No_project_pins_a_version_of_its_own()
    {
        foreach (var file in Checkout.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)))
        {
            var pinned = XDocument.Load(Path.Combine(Checkout.Root, file)).Descendants("PackageReference").Where(p => p.Attribute("Version") is not null);
            Assert.Empty(pinned);
        }
    }

    private static IEnumerable<Project> ProductProjects() =>
        Checkout.Files
            .Where(f => f.EndsWith(".csproj", StringComparison.Ordinal) && !f.StartsWith("tests/", StringComparison.Ordinal) && !f.StartsWith("bench/", StringComparison.Ordinal))
            .Select(Project.Load);

    private sealed record Project(string Name, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
    {
        public static Project Load(string file)
        {
            var xml = XDocument.Load(Path.Combine(Checkout.Root, file));
            return new Project(
                Path.GetFileNameWithoutExtension(file),
                [.. xml.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')))],
                [.. xml.Descendants("PackageReference").Select(r => r.Attribute("Include")!.Value)]);
        }
    }
}
