namespace Actors.Integration.Overload;

/// <summary>
/// More than the server may take, through every door at once: it sends away instead of growing, keeps all that it took, and the
/// numbers agree afterwards.
/// </summary>
public sealed class FloodTests : IDisposable
{
    private const int SendersPerDoor = 6;
    private const int Enough = 15;
    private const int Most = 3_000;
    private const int BytesUnderWay = 48 * 1024;

    // A request counts its body and a few KB of its own.
    private const int LargestRequest = 8 * 1024;

    private readonly ScratchDirectory _scratch = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("Actors__Ingestion__MaxBytesUnderWayPerProject")]
    [InlineData("Actors__Ingestion__MaxBytesUnderWay")]
    public async Task A_flood_is_slowed_at_every_door_and_loses_nothing(string bound)
    {
        await using var silo = await SiloProcess.StartAsync(
            new SiloStart
            {
                DataDirectory = _scratch.Path,
                Keys = ProjectKeys.New(),
                GrpcPort = -1,
                Environment = new Dictionary<string, string?> { [bound] = $"{BytesUnderWay}", ["Actors__EventLog__MaxQueuedRows"] = "4" },
            },
            Cancel);
        using var target = new FloodTarget(silo);
        var tallies = FloodDoor.All.Select(door => new DoorTally(door)).ToList();

        var highest = 0.0;
        var flood = Task.WhenAll(tallies.SelectMany(t => Enumerable.Range(0, SendersPerDoor).Select(_ => Task.Run(() => FloodAsync(target, t, tallies), Cancel))));
        while (!flood.IsCompleted)
        {
            highest = Math.Max(highest, await target.MetricAsync("actors_ingest_under_way_bytes", Cancel));
        }

        await flood;

        foreach (var tally in tallies)
        {
            Assert.True(tally is { Stored: >= Enough, Refused: >= Enough }, tally.ToString());
        }

        Assert.InRange(highest, LargestRequest / 2, BytesUnderWay + LargestRequest);
        Assert.InRange(await target.MetricAsync("dotnet_process_memory_working_set_bytes", Cancel), 1, 800L << 20);

        // What is scraped twice within a moment is answered from memory.
        var refused = tallies.Sum(t => t.Refused);
        await Eventually.GetAsync(
            $"{refused} counted refusals", TimeSpan.FromSeconds(10), () => target.MetricAsync("actors_ingest_refused_total", Cancel), counted => counted >= refused, Cancel);
        Assert.Equal(refused, await target.MetricAsync("actors_ingest_refused_total", Cancel));

        var traces = tallies.Where(t => t.Door.Name != "score").Sum(t => t.Stored);
        Assert.Equal(traces, await target.TotalAsync("traces", Cancel));
        Assert.Equal(tallies.Single(t => t.Door.Name == "score").Stored, await target.TotalAsync("v2/scores", Cancel));
        Assert.Equal(traces, await Eventually.GetAsync(
            "live numbers that agree with the API", TimeSpan.FromSeconds(20), () => target.LiveTracesAsync(Cancel), live => live == traces, Cancel));
    }

    // On until every door has seen both, so that nothing depends on how fast the machine is.
    private static async Task FloodAsync(FloodTarget target, DoorTally mine, IReadOnlyList<DoorTally> all)
    {
        while (mine.Sent < Most && !all.All(t => t is { Stored: >= Enough, Refused: >= Enough }))
        {
            mine.Add(await mine.Door.SendAsync(target, Cancel));
        }
    }

    private sealed class DoorTally(FloodDoor door)
    {
        private int _stored;
        private int _refused;

        public FloodDoor Door => door;

        public int Stored => Volatile.Read(ref _stored);

        public int Refused => Volatile.Read(ref _refused);

        public int Sent => Stored + Refused;

        public void Add(Fate fate) => Interlocked.Increment(ref fate == Fate.Stored ? ref _stored : ref _refused);

        public override string ToString() => $"{door.Name}: {Stored} stored, {Refused} refused";
    }
}
