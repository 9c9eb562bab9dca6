using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>Adds up seconds of one series and gives the numbers of the whole.</summary>
internal sealed class WindowSum
{
    private const int MaxScores = 8;

    private readonly DdSketch _latency = new();
    private readonly DdSketch _firstToken = new();
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

    public static LiveStats Of(SeriesSecond second)
    {
        var sum = new WindowSum();
        sum.Add(second);
        return sum.ToStats();
    }

    public void Add(SeriesSecond second)
    {
        _traces += second.Traces;
        _observations += second.Observations;
        _requests += second.Requests;
        _errors += second.Errors;
        _inputTokens += second.InputTokens;
        _outputTokens += second.OutputTokens;
        _totalTokens += second.TotalTokens;
        _costUsd += second.CostUsd;
        _unpriced += second.Unpriced;
        Add(_latency, second.Latency);
        Add(_firstToken, second.FirstToken);
        foreach (var (name, score) in second.Scores)
        {
            var was = _scores.GetValueOrDefault(name);
            _scores[name] = new ScoreStats(name, was.Count + score.Count, was.Sum + score.Sum);
        }
    }

    public LiveStats ToStats() => new()
    {
        Traces = _traces,
        Observations = _observations,
        Requests = _requests,
        Errors = _errors,
        InputTokens = _inputTokens,
        OutputTokens = _outputTokens,
        TotalTokens = _totalTokens,
        CostUsd = _costUsd,
        Unpriced = _unpriced,
        LatencyP50Ms = _latency.Quantile(0.50),
        LatencyP95Ms = _latency.Quantile(0.95),
        LatencyP99Ms = _latency.Quantile(0.99),
        FirstTokenP50Ms = _firstToken.Quantile(0.50),
        FirstTokenP95Ms = _firstToken.Quantile(0.95),
        Scores =
        [
            .. _scores.Values.Where(s => s.Count > 0)
                .OrderByDescending(s => s.Count).ThenBy(s => s.Name, StringComparer.Ordinal).Take(MaxScores),
        ],
    };

    private static void Add(DdSketch sketch, Dictionary<int, long> counts)
    {
        foreach (var (index, count) in counts)
        {
            sketch.Add(new SketchCount(index, count));
        }
    }
}
