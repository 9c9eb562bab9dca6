using System.Text.RegularExpressions;
using Xunit;

namespace Actors.Repository.Tests;

/// <summary>
/// While a cluster is upgraded, silos of two versions call each other. Orleans sends a call to a silo that understands it when
/// the version of the interface says so; an interface that changed under its old version would be called where its new methods
/// do not exist. So what the analyzer's manifest says of an interface may differ from what was released only with its version.
/// </summary>
public sealed partial class ContractVersionTests
{
    private const string Manifest = "grains/Actors.Grains.Abstractions/OrleansContracts.txt";
    private const string Approved = "tests/approved/orleans-contracts.txt";

    [Fact]
    public void Every_interface_of_an_actor_has_a_version()
    {
        var actors = Read(Manifest).Values.Where(i => i.Name.EndsWith("Grain", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(actors);
        Assert.All(actors, i => Assert.True(i.Version > 0, $"{i.Name} needs [Version(1)]."));
    }

    [Fact]
    public void An_interface_changes_only_together_with_its_version()
    {
        var (released, now) = (Read(Approved), Read(Manifest));
        foreach (var (name, contract) in now)
        {
            if (released.TryGetValue(name, out var before) && before.Methods != contract.Methods)
            {
                Assert.True(
                    contract.Version > before.Version,
                    $"{name} has changed and is still version {contract.Version}: raise its [Version] by one.\nbefore:\n{before.Methods}\nnow:\n{contract.Methods}");
            }
        }

        if (Environment.GetEnvironmentVariable("ACTORS_APPROVE") == "1")
        {
            File.WriteAllText(Path.Combine(Checkout.Root, Approved), Text(now));
            return;
        }

        Assert.True(
            Text(released) == Text(now),
            $"{Approved} is not what the manifest says. Accept it: ACTORS_APPROVE=1 dotnet run -c Release --project tests/Actors.Repository.Tests -- -class '*ContractVersion*'");
    }

    private static string Text(SortedDictionary<string, Contract> contracts) =>
        string.Concat(contracts.Values.Select(c => $"interface {c.Name} [Version({c.Version})]\n{c.Methods}\n"));

    private static SortedDictionary<string, Contract> Read(string file)
    {
        var found = new SortedDictionary<string, Contract>(StringComparer.Ordinal);
        Contract? last = null;
        foreach (var line in Checkout.Read(file).Split('\n').Select(l => l.TrimEnd()))
        {
            if (Interface().Match(line) is { Success: true } header)
            {
                last = new Contract(header.Groups["name"].Value, int.Parse(header.Groups["version"].Value), "");
                found.Add(last.Name, last);
            }
            else if (last is not null && line.StartsWith("  ", StringComparison.Ordinal))
            {
                found[last.Name] = last = last with { Methods = $"{last.Methods}{line}\n" };
            }
        }

        return found;
    }

    [GeneratedRegex(@"^interface (\[[^\]]*\] )?(?<name>\S+) \[Version\((?<version>\d+)\)\]$")]
    private static partial Regex Interface();

    private sealed record Contract(string Name, int Version, string Methods);
}
