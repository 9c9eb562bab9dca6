using Actors.Grains.Pricing;
using Actors.Grains.Tracing;
using Actors.LoadGen.Workload;
using Actors.Tracing;
using BenchmarkDotNet.Attributes;

namespace Actors.Benchmarks;

/// <summary>What does folding an event cost: as the actors do it, without text, and as the columns do it, with text and records?</summary>
[MemoryDiagnoser]
public class FoldBenchmarks
{
    private readonly ObservationPricing _pricing = new(PriceBooks.Get);
    private readonly StreamChanges _changes = new();
    private readonly LogRow _row = CanonicalRequest.Row();

    [Benchmark(Baseline = true, OperationsPerInvoke = TraceTemplate.Events)]
    public bool WithoutText() => Apply(LogText.Without).Version == 1;

    [Benchmark(OperationsPerInvoke = TraceTemplate.Events)]
    public bool WithText() => Apply(LogText.With).Version == 1;

    [Benchmark(OperationsPerInvoke = TraceTemplate.Events)]
    public int WithTextAndRecords()
    {
        var fold = Apply(LogText.With);
        return fold.GetTrace()!.Summary.Observations + fold.GetObservations().Count + fold.GetScores().Count;
    }

    private StreamFold Apply(LogText text)
    {
        _changes.Clear();
        var fold = new StreamFold(_row.Stream, text, _pricing);
        fold.TryApply(_row, _changes);
        return fold;
    }
}
