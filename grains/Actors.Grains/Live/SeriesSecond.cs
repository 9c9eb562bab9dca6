using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>The numbers of one series in one second. Sketches are sparse here: a second has few distinct latencies.</summary>
internal sealed class SeriesSecond
{
    private readonly Dictionary<string, ScoreStats> _scores = [];

    public long Traces { get; private set; }

    public long Observations { get; private set; }

    public long Requests { get; private set; }

    public long Errors { get; private set; }

    public long InputTokens { get; private set; }

    public long OutputTokens { get; private set; }

    public long TotalTokens { get; private set; }

    public decimal CostUsd { get; private set; }

    public long Unpriced { get; private set; }

    public Dictionary<int, long> Latency { get; } = [];

    public Dictionary<int, long> FirstToken { get; } = [];

    public IReadOnlyDictionary<string, ScoreStats> Scores => _scores;

    public void Add(PartialSeries delta)
    {
        Traces += delta.Traces;
        Observations += delta.Observations;
        Requests += delta.Requests;
        Errors += delta.Errors;
        InputTokens += delta.InputTokens;
        OutputTokens += delta.OutputTokens;
        TotalTokens += delta.TotalTokens;
        CostUsd += delta.CostUsd;
        Unpriced += delta.Unpriced;
        Add(Latency, delta.Latency);
        Add(FirstToken, delta.FirstToken);
        foreach (var score in delta.Scores)
        {
            AddScore(score);
        }
    }

    public void Add(SeedObservations seed)
    {
        Observations += seed.Count;
        Requests += seed.CallsModel ? seed.Count : 0;
        Errors += seed.IsError ? seed.Count : 0;
        InputTokens += seed.InputTokens;
        OutputTokens += seed.OutputTokens;
        TotalTokens += seed.TotalTokens;
        CostUsd += seed.CostUsd;
        if (!seed.CallsModel)
        {
            return;
        }

        Unpriced += seed.Unpriced;
        Add(Latency, seed.LatencyMs, seed.Count);
        Add(FirstToken, seed.FirstTokenMs, seed.Count);
    }

    public void AddTraces(long count) => Traces += count;

    public void AddScore(ScoreStats score)
    {
        var was = _scores.GetValueOrDefault(score.Name);
        _scores[score.Name] = new ScoreStats(score.Name, was.Count + score.Count, was.Sum + score.Sum);
    }

    private static void Add(Dictionary<int, long> counts, long? milliseconds, long count)
    {
        if (milliseconds is >= 0 and var ms)
        {
            Add(counts, SketchMapping.IndexOfMilliseconds(ms), count);
        }
    }

    private static void Add(Dictionary<int, long> counts, IReadOnlyList<SketchCount> differences)
    {
        foreach (var difference in differences)
        {
            Add(counts, difference.Index, difference.Count);
        }
    }

    private static void Add(Dictionary<int, long> counts, int index, long count)
    {
        var sum = counts.GetValueOrDefault(index) + count;
        if (sum == 0)
        {
            counts.Remove(index);
        }
        else
        {
            counts[index] = sum;
        }
    }
}
