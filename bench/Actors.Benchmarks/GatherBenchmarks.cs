using Actors.Grains.Live;
using Actors.Grains.Pricing;
using Actors.Grains.Tracing;
using Actors.Live;
using Actors.LoadGen.Workload;
using Actors.Tracing;
using BenchmarkDotNet.Attributes;

namespace Actors.Benchmarks;

/// <summary>
/// What does it cost a silo to gather an event for the live numbers, and how much more when sessions and filters are watched that
/// it does not belong to?
/// </summary>
[MemoryDiagnoser]
public class GatherBenchmarks
{
    private static readonly Guid Silo = Guid.NewGuid();

    private readonly ObservationPricing _pricing = new(PriceBooks.Get);
    private readonly ProjectId _project = new("p");
    private ProjectGatherings _gatherings = null!;
    private StreamFacts _facts = null!;
    private long _row;
    private DateTimeOffset _now;

    /// <summary>How many parts of the project are watched.</summary>
    [Params(0, 20, 200)]
    public int Watched { get; set; }

    /// <summary>Of which kind.</summary>
    [Params(LiveScopeKind.Session, LiveScopeKind.Filter)]
    public LiveScopeKind Kind { get; set; }

    /// <summary>Prepares the facts of one trace.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var row = CanonicalRequest.Row();
        var fold = new StreamFold(row.Stream, LogText.Without, _pricing);
        var changes = new StreamChanges();
        fold.TryApply(row, changes);
        _now = fold.GetTrace()!.Timestamp.AddSeconds(10);
        _facts = new PublishedFacts().Advance(_project, fold, changes, row.ReceivedAt, preview: null);
        _gatherings = new ProjectGatherings(_project, tellsRows: true);
        _gatherings.Watch(new LiveWatches(1, [.. Enumerable.Range(0, Watched).Select(i => new LiveScope(_project, Kind, Kind == LiveScopeKind.Session ? $"s-{i}" : $"env:production user:u-{i}"))]), _now);
    }

    /// <summary>Gathers one trace; what is gathered is taken every 50 traces, as at 5,000 events/s.</summary>
    [Benchmark(OperationsPerInvoke = TraceTemplate.Events * 50)]
    public int Gather()
    {
        for (var i = 0; i < 50; i++)
        {
            _gatherings.Add(_facts, ++_row, _now);
        }

        var taken = _gatherings.Take(Silo, _now);
        foreach (var gathering in taken)
        {
            gathering.Finish(isTaken: true);
        }

        return taken.Count;
    }
}
