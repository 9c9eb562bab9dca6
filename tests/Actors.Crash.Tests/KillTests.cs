using System.Globalization;

namespace Actors.Crash;

/// <summary>
/// Acknowledged means durable. A real server is killed with SIGKILL at seeded moments while several connections write, and
/// started again on the same data. Afterwards every acknowledged event is there, once: by id, in the lists, in the columns,
/// in the live numbers of the project and of its parts in every window. An event that was sent and not acknowledged may be
/// there or not, but never twice and never in part; what was deleted is gone.
/// </summary>
public sealed class KillTests : IDisposable
{
    // The columns' own audit shall see much in the short life of a server.
    private static readonly Dictionary<string, string?> EagerAudit = new()
    {
        ["Actors__Analytics__AuditInterval"] = "00:00:01",
        ["Actors__Analytics__AuditStreams"] = "50",
    };

    private readonly ScratchDirectory _data = new();
    private readonly ITestOutputHelper _output;
    private readonly SiloStart _start;

    public KillTests(ITestOutputHelper output)
    {
        _output = output;
        _start = new SiloStart { DataDirectory = _data.Path, Keys = ProjectKeys.New("crash"), Environment = EagerAudit };
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int Rounds =>
        int.TryParse(Environment.GetEnvironmentVariable("ACTORS_CRASH_ROUNDS"), CultureInfo.InvariantCulture, out var set) ? set : 10;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Every_acknowledged_event_survives_a_kill_and_is_there_once()
    {
        var told = new List<Story>();
        var kills = 0;
        try
        {
            var silo = await SiloProcess.StartAsync(_start, Cancel);
            for (var round = 1; round <= Rounds; round++)
            {
                // How much was told depends on the machine, so it must not shift the chance of the kills.
                var (chance, carrying) = (Seed.For(round, 0), Seed.For(round, -1));
                var carriedOver = told.Where(s => !s.IsOver && carrying.Next(2) == 0).ToList();
                var load = new Load(round, carriedOver);
                await UnderLoadAsync(silo, load, TimeSpan.FromMilliseconds(chance.Next(100, 2000)), silo.KillAsync);
                await silo.DisposeAsync();
                kills++;

                // Some kills meet a server that is just finding its way back.
                while (chance.Next(4) == 0)
                {
                    await SiloProcess.StartAndKillAsync(_start, TimeSpan.FromMilliseconds(chance.Next(100, 3000)), Cancel);
                    kills++;
                }

                silo = await SiloProcess.StartAsync(_start, Cancel);
                var audit = new Audit(silo.Client, Cancel);
                await audit.StoriesAsync(load.Stories);
                told.AddRange(load.Stories.Except(told).ToList());
                await RoundAsync(audit, round, [.. told.SelectMany(s => s.Told())]);
                await new OwnAudits(silo.Client, Cancel).AssertCleanAsync();
                _output.WriteLine($"round {round}: {load.Stories.Count} stories, {load.Stories.Count(s => s.InDoubt)} in doubt, {carriedOver.Count} carried over");
            }

            await AuditAllAsync(silo, told);
            await new OwnAudits(silo.Client, Cancel).AssertCleanAfterALookAsync();
            await silo.DisposeAsync();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Repeat with ACTORS_SEED={Seed.OfThisRun}: after {kills} kills: {e.Message}", e);
        }

        _output.WriteLine($"seed {Seed.OfThisRun}: {kills} kills, {told.Sum(s => s.Scripts.Count)} traces and scores of sessions, {told.Sum(s => s.Acknowledged)} requests acknowledged");
        Assert.True(kills >= Rounds);
        Assert.True(told.Any(s => s.InDoubt), "No kill ever met a request under way: the load is too light to prove anything.");
    }

    [Fact]
    public async Task A_server_that_is_asked_to_stop_under_load_loses_nothing_and_ends_with_0()
    {
        var silo = await SiloProcess.StartAsync(_start, Cancel);
        var load = new Load(round: 0, []);
        var code = -1;
        await UnderLoadAsync(silo, load, TimeSpan.FromMilliseconds(500), async () => code = await silo.StopAsync());
        Assert.True(code == 0, silo.Transcript);
        await silo.DisposeAsync();

        await using var again = await SiloProcess.StartAsync(_start, Cancel);
        await AuditAllAsync(again, load.Stories);
    }

    private static async Task RoundAsync(Audit audit, int round, IReadOnlyList<Told> told)
    {
        var name = Load.NameOf(round);
        await audit.TracesAsync(name, told);
        await audit.MetricsAsync(told);
        await audit.SessionsAsync(told);
        await audit.LiveAsync(LiveQuestion.Everything, told);
        foreach (var question in Parts(name, Seed.For(round, -2)))
        {
            await audit.LiveAsync(question, told);
        }
    }

    private static IEnumerable<LiveQuestion> Parts(string name, Random chance)
    {
        foreach (var number in new[] { chance.Next(4), 4 })
        {
            yield return LiveQuestion.Of("Session", TraceTraits.SessionOf(name, number));
        }

        foreach (var number in new[] { chance.Next(10), 10 })
        {
            yield return LiveQuestion.Of("User", TraceTraits.UserOf(number));
        }

        yield return LiveQuestion.Of("Prompt", chance.Next(2) == 0 ? "answer" : "greet");
        yield return LiveQuestion.OfEnvironmentAndModel("production", chance.Next(2) == 0 ? "gpt-4o" : "house-model");
    }

    private static async Task AuditAllAsync(SiloProcess silo, IReadOnlyList<Story> stories)
    {
        var audit = new Audit(silo.Client, Cancel);
        await audit.StoriesAsync(stories);
        List<Told> told = [.. stories.SelectMany(s => s.Told())];
        foreach (var name in told.Select(t => t.Trace?.Name).OfType<string>().Distinct())
        {
            await audit.TracesAsync(name, told);
        }

        foreach (var session in told.Select(t => t.Trace?.Session).OfType<string>().Distinct())
        {
            await audit.SessionAsync(session, told);
        }

        await audit.ScoresAsync(told);
        await RoundAsync(audit, round: 0, told);
    }

    private static async Task UnderLoadAsync(SiloProcess silo, Load load, TimeSpan after, Func<Task> end)
    {
        using var over = new CancellationTokenSource();
        var running = load.RunAsync(_ => new OneServer(new SiloClient(silo.Address, silo.Start.Keys!)), over.Token);
        await Task.Delay(after, TimeProvider.System, Cancel);
        await end();
        await over.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }
}
