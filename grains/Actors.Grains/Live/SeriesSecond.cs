using System.Globalization;
using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>The numbers of one series in one second. Sketches are sparse here: a second has few distinct latencies.</summary>
internal sealed class SeriesSecond
{
    private readonly Dictionary<string, ScoreStats> _scores = [];

    /// <summary>A second in which nothing happened. Not to be added to.</summary>
    public static SeriesSecond Empty { get; } = new();

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

    public void Add(SeriesSums delta)
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

    /// <summary>The first number in which two seconds differ, with both values; null: they are the same.</summary>
    public string? FindDifference(SeriesSecond other) =>
        Differs("traces", Traces, other.Traces)
        ?? Differs("observations", Observations, other.Observations)
        ?? Differs("requests", Requests, other.Requests)
        ?? Differs("errors", Errors, other.Errors)
        ?? Differs("input tokens", InputTokens, other.InputTokens)
        ?? Differs("output tokens", OutputTokens, other.OutputTokens)
        ?? Differs("total tokens", TotalTokens, other.TotalTokens)
        ?? Differs("cost in USD", CostUsd, other.CostUsd)
        ?? Differs("unpriced", Unpriced, other.Unpriced)
        ?? Differs("latencies", Latency, other.Latency)
        ?? Differs("first tokens", FirstToken, other.FirstToken)
        ?? DiffersInScores(other);

    private string? DiffersInScores(SeriesSecond other)
    {
        foreach (var name in _scores.Keys.Union(other._scores.Keys))
        {
            var (mine, theirs) = (_scores.GetValueOrDefault(name), other._scores.GetValueOrDefault(name));

            // Sums of doubles depend on their order.
            if (mine.Count != theirs.Count || (mine.Count != 0 && Math.Abs(mine.Sum - theirs.Sum) > 1e-9 * (1 + Math.Abs(theirs.Sum))))
            {
                return string.Create(CultureInfo.InvariantCulture, $"score {name}: {mine.Count} of {mine.Sum}, {theirs.Count} of {theirs.Sum}");
            }
        }

        return null;
    }

    private static string? Differs<T>(string what, T mine, T theirs)
        where T : struct, IEquatable<T> =>
        mine.Equals(theirs) ? null : string.Create(CultureInfo.InvariantCulture, $"{what}: {mine}, {theirs}");

    private static string? Differs(string what, Dictionary<int, long> mine, Dictionary<int, long> theirs) =>
        mine.Count == theirs.Count && mine.All(m => theirs.GetValueOrDefault(m.Key) == m.Value)
            ? null
            : Differs(what, mine.Values.Sum(), theirs.Values.Sum()) ?? $"{what}: another distribution";

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
