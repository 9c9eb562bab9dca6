namespace Actors.Integration.Clients;

/// <summary>
/// The tests of <c>tests/clients</c>, which drive clients from npm that we did not write. They run once, and each of them is
/// a test here.
/// </summary>
public sealed class UnmodifiedClientsTests
{
    private static readonly Lazy<Task<IReadOnlyList<NodeResult>>> Run = new(RunAsync);

    public static async Task<IReadOnlyList<ITheoryDataRow>> Tests()
    {
        try
        {
            return [.. (await Run.Value).Select(r => new TheoryDataRow<string, string?>(r.Name, r.Failure) { Label = r.Name })];
        }
        catch (Exception e)
        {
            // A run that could not be made is one failed test, not an empty theory.
            return [new TheoryDataRow<string, string?>("the run itself", e.ToString()) { Label = "the run itself" }];
        }
    }

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Tests))]
    public void A_client_from_npm_gets_what_it_sent(string test, string? failure) =>
        Assert.True(failure is null, $"{test}\n{failure}");

    private static async Task<IReadOnlyList<NodeResult>> RunAsync()
    {
        // Data is made before the fixtures of a test are known, so this run has a server of its own.
        using var data = new ScratchDirectory();
        var keys = ProjectKeys.New();
        await using var silo = await SiloProcess.StartAsync(new SiloStart { DataDirectory = data.Path, Keys = keys, GrpcPort = -1 }, CancellationToken.None);
        return await NodeResult.RunAsync(silo, keys, CancellationToken.None);
    }
}
