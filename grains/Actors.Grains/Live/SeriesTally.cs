using System.Globalization;
using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>
/// What one series adds up to in one bucket: what is known, or signed differences while they are gathered. All operations are
/// sums, so their order does not matter. Sketches are sparse here: a bucket has few distinct latencies.
/// </summary>
internal sealed class SeriesTally
{
    private static readonly Dictionary<int, long> NoCounts = [];
    private static readonly ScoreTallies NoScores = new();

    private Dictionary<int, long>? _latency;
    private Dictionary<int, long>? _firstToken;
    private Dictionary<int, long>? _speed;
    private ScoreTallies? _scores;

    /// <summary>Nothing. Not to be added to.</summary>
    public static SeriesTally Empty { get; } = new();

    public long Traces { get; private set; }

    public long Observations { get; private set; }

    public long Requests { get; private set; }

    public long Errors { get; private set; }

    public long InputTokens { get; private set; }

    public long OutputTokens { get; private set; }

    public long TotalTokens { get; private set; }

    public decimal CostUsd { get; private set; }

    public decimal InputCostUsd { get; private set; }

    public decimal OutputCostUsd { get; private set; }

    public long Unpriced { get; private set; }

    public IReadOnlyDictionary<int, long> Latency => _latency ?? NoCounts;

    public IReadOnlyDictionary<int, long> FirstToken => _firstToken ?? NoCounts;

    public IReadOnlyDictionary<int, long> Speed => _speed ?? NoCounts;

    /// <summary>Not to be added to.</summary>
    public ScoreTallies Scores => _scores ?? NoScores;

    /// <summary>Adds or takes away an observation; in a series of a tool each one is a call.</summary>
    public void Add(in Contribution c, int sign, bool isTool)
    {
        var isCall = isTool || c.CallsModel;
        Observations += sign;
        Requests += isCall ? sign : 0;
        Errors += c.IsError ? sign : 0;
        InputTokens += sign * c.InputTokens;
        OutputTokens += sign * c.OutputTokens;
        TotalTokens += sign * c.TotalTokens;
        CostUsd += sign * c.CostUsd;
        InputCostUsd += sign * c.InputCostUsd;
        OutputCostUsd += sign * c.OutputCostUsd;
        Unpriced += c.IsUnpriced ? sign : 0;
        if (isCall && c.LatencyMs is { } latency)
        {
            Count(ref _latency, SketchMapping.IndexOfMilliseconds(latency), sign);
        }

        if (c.FirstTokenMs is { } firstToken)
        {
            Count(ref _firstToken, SketchMapping.IndexOfMilliseconds(firstToken), sign);
        }

        if (c.SpeedIndex is { } speed)
        {
            Count(ref _speed, speed, sign);
        }
    }

    public void AddTrace(int sign) => Traces += sign;

    public void AddScore(in ScoreContribution score, int sign) => (_scores ??= new ScoreTallies()).Add(score.Kind, score.Value, score.Index, sign);

    public void Add(SeriesSums sums)
    {
        Traces += sums.Traces;
        Observations += sums.Observations;
        Requests += sums.Requests;
        Errors += sums.Errors;
        InputTokens += sums.InputTokens;
        OutputTokens += sums.OutputTokens;
        TotalTokens += sums.TotalTokens;
        CostUsd += sums.CostUsd;
        InputCostUsd += sums.InputCostUsd;
        OutputCostUsd += sums.OutputCostUsd;
        Unpriced += sums.Unpriced;
        Count(ref _latency, sums.Latency);
        Count(ref _firstToken, sums.FirstToken);
        Count(ref _speed, sums.TokensPerSecond);
        if (sums.Scores.Count > 0)
        {
            (_scores ??= new ScoreTallies()).Add(sums.Scores);
        }
    }

    public void Add(SeriesTally other)
    {
        Traces += other.Traces;
        Observations += other.Observations;
        Requests += other.Requests;
        Errors += other.Errors;
        InputTokens += other.InputTokens;
        OutputTokens += other.OutputTokens;
        TotalTokens += other.TotalTokens;
        CostUsd += other.CostUsd;
        InputCostUsd += other.InputCostUsd;
        OutputCostUsd += other.OutputCostUsd;
        Unpriced += other.Unpriced;
        Count(ref _latency, other._latency);
        Count(ref _firstToken, other._firstToken);
        Count(ref _speed, other._speed);
        if (other._scores is { } scores)
        {
            (_scores ??= new ScoreTallies()).Add(scores);
        }
    }

    public SeriesSums ToSums(LiveSeriesKey key) => new()
    {
        Key = key,
        Traces = Traces,
        Observations = Observations,
        Requests = Requests,
        Errors = Errors,
        InputTokens = InputTokens,
        OutputTokens = OutputTokens,
        TotalTokens = TotalTokens,
        CostUsd = CostUsd,
        InputCostUsd = InputCostUsd,
        OutputCostUsd = OutputCostUsd,
        Unpriced = Unpriced,
        Latency = ToCounts(_latency),
        FirstToken = ToCounts(_firstToken),
        TokensPerSecond = ToCounts(_speed),
        Scores = _scores?.ToSums() ?? [],
    };

    /// <summary>The first number in which two tallies differ, with both values; null: they are the same.</summary>
    public string? FindDifference(SeriesTally other) =>
        Differs("traces", Traces, other.Traces)
        ?? Differs("observations", Observations, other.Observations)
        ?? Differs("requests", Requests, other.Requests)
        ?? Differs("errors", Errors, other.Errors)
        ?? Differs("input tokens", InputTokens, other.InputTokens)
        ?? Differs("output tokens", OutputTokens, other.OutputTokens)
        ?? Differs("total tokens", TotalTokens, other.TotalTokens)
        ?? Differs("cost in USD", CostUsd, other.CostUsd)
        ?? Differs("input cost in USD", InputCostUsd, other.InputCostUsd)
        ?? Differs("output cost in USD", OutputCostUsd, other.OutputCostUsd)
        ?? Differs("unpriced", Unpriced, other.Unpriced)
        ?? Differs("latencies", _latency, other._latency)
        ?? Differs("first tokens", _firstToken, other._firstToken)
        ?? Differs("tokens per second", _speed, other._speed)
        ?? Scores.FindDifference(other.Scores);

    private static string? Differs<T>(string what, T mine, T theirs)
        where T : struct, IEquatable<T> =>
        mine.Equals(theirs) ? null : string.Create(CultureInfo.InvariantCulture, $"{what}: {mine}, {theirs}");

    private static string? Differs(string what, Dictionary<int, long>? mine, Dictionary<int, long>? theirs)
    {
        var (a, b) = (mine ?? NoCounts, theirs ?? NoCounts);
        return a.Count == b.Count && a.All(m => b.GetValueOrDefault(m.Key) == m.Value)
            ? null
            : Differs(what, a.Values.Sum(), b.Values.Sum()) ?? $"{what}: another distribution";
    }

    private static SketchCount[] ToCounts(Dictionary<int, long>? counts) => counts is null ? [] : [.. counts.Select(c => new SketchCount(c.Key, c.Value))];

    private static void Count(ref Dictionary<int, long>? counts, IReadOnlyList<SketchCount> differences)
    {
        foreach (var difference in differences)
        {
            Count(ref counts, difference.Index, difference.Count);
        }
    }

    private static void Count(ref Dictionary<int, long>? counts, Dictionary<int, long>? differences)
    {
        if (differences is not null)
        {
            foreach (var (index, count) in differences)
            {
                Count(ref counts, index, count);
            }
        }
    }

    private static void Count(ref Dictionary<int, long>? counts, int index, long count)
    {
        var sum = (counts ??= []).GetValueOrDefault(index) + count;
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
