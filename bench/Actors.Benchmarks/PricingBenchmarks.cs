using Actors.Grains.Pricing;
using Actors.Tracing;
using BenchmarkDotNet.Attributes;

namespace Actors.Benchmarks;

/// <summary>What does the cost of one observation cost, with the model's price known already and with the search for it?</summary>
[MemoryDiagnoser]
public class PricingBenchmarks
{
    private readonly UsageEntry[] _usage = [new("input", 400), new("output", 300), new("total", 700)];
    private readonly ModelPrice? _known = PriceBooks.Current.Match("gpt-4o-mini");

    [Benchmark(Baseline = true)]
    public decimal? KnownPrice() => CostRules.Compute(_known, _usage, [], []).TotalUsd;

    [Benchmark]
    public decimal? SearchedPrice() => CostRules.Compute(PriceBooks.Current.Match("gpt-4o-mini"), _usage, [], []).TotalUsd;

    [Benchmark]
    public decimal? UnknownModel() => CostRules.Compute(PriceBooks.Current.Match("a-model-of-our-own"), _usage, [], []).TotalUsd;
}
