using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>Signed differences of one series in one second, while they are gathered.</summary>
internal sealed class SeriesDelta
{
    private readonly Dictionary<int, long> _latency = [];
    private readonly Dictionary<int, long> _firstToken = [];
    private readonly Dictionary<string, ScoreStats> _scores = [];
    private long _traces;
    private long _observations;
    private long _requests;
    private long _errors;
    private long _inputTokens;
    private long _outputTokens;
    private long _totalTokens;
    private long _unpriced;
    private decimal _costUsd;

    public void Add(in Contribution c, int sign)
    {
        _observations += sign;
        _requests += c.CallsModel ? sign : 0;
        _errors += c.IsError ? sign : 0;
        _inputTokens += sign * c.InputTokens;
        _outputTokens += sign * c.OutputTokens;
        _totalTokens += sign * c.TotalTokens;
        _costUsd += sign * c.CostUsd;
        _unpriced += c.IsUnpriced ? sign : 0;
        Count(_latency, c.LatencyMs, sign);
        Count(_firstToken, c.FirstTokenMs, sign);
    }

    public void AddTrace(int sign) => _traces += sign;

    public void AddScore(in ScoreContribution score, int sign)
    {
        var was = _scores.GetValueOrDefault(score.Name);
        _scores[score.Name] = new ScoreStats(score.Name, was.Count + sign, was.Sum + (sign * score.Value));
    }

    public SeriesSums ToPartial(LiveSeriesKey key) => new()
    {
        Key = key,
        Traces = _traces,
        Observations = _observations,
        Requests = _requests,
        Errors = _errors,
        InputTokens = _inputTokens,
        OutputTokens = _outputTokens,
        TotalTokens = _totalTokens,
        CostUsd = _costUsd,
        Unpriced = _unpriced,
        Latency = Differences(_latency),
        FirstToken = Differences(_firstToken),
        Scores = [.. _scores.Values.Where(s => s.Count != 0 || s.Sum != 0)],
    };

    private static void Count(Dictionary<int, long> counts, long? milliseconds, int sign)
    {
        if (milliseconds is { } ms)
        {
            var index = SketchMapping.IndexOfMilliseconds(ms);
            counts[index] = counts.GetValueOrDefault(index) + sign;
        }
    }

    private static SketchCount[] Differences(Dictionary<int, long> counts)
    {
        var differences = new List<SketchCount>(counts.Count);
        foreach (var (index, count) in counts)
        {
            if (count != 0)
            {
                differences.Add(new SketchCount(index, count));
            }
        }

        return [.. differences];
    }
}
