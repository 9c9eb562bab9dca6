using Actors.Grains.Live;
using BenchmarkDotNet.Attributes;

namespace Actors.Benchmarks;

/// <summary>What does a value cost a sketch, and a quantile, beside a plain array that is sorted for each question?</summary>
[MemoryDiagnoser]
public class SketchBenchmarks
{
    private const int Values = 10_000;

    private readonly double[] _values = MakeValues();
    private readonly double[] _sorted = new double[Values];
    private readonly DdSketch _sketch = new();

    public SketchBenchmarks() => AddAll(_sketch);

    [Benchmark(Baseline = true)]
    public double SortAndPick()
    {
        _values.CopyTo(_sorted, 0);
        Array.Sort(_sorted);
        return _sorted[(int)(0.99 * (Values - 1))];
    }

    [Benchmark]
    public long Add()
    {
        _sketch.Clear();
        AddAll(_sketch);
        return _sketch.Count;
    }

    [Benchmark]
    public double? Quantile() => _sketch.Quantile(0.99);

    private void AddAll(DdSketch sketch)
    {
        foreach (var value in _values)
        {
            sketch.Add(value);
        }
    }

    private static double[] MakeValues()
    {
        var random = new Random(4711);
        return [.. Enumerable.Range(0, Values).Select(_ => 300 * Math.Exp(1.5 * random.NextDouble() * random.NextDouble()))];
    }
}
