using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>Adds up buckets of one series and gives the numbers of the whole. Can be used again after <see cref="Clear"/>.</summary>
internal sealed class WindowSum
{
    private readonly DdSketch _latency = new();
    private readonly DdSketch _firstToken = new();
    private readonly DdSketch _speed = new();
    private readonly ScoreTallies _scores = new();
    private long _traces;
    private long _observations;
    private long _requests;
    private long _errors;
    private long _inputTokens;
    private long _outputTokens;
    private long _totalTokens;
    private long _unpriced;
    private decimal _costUsd;
    private decimal _inputCostUsd;
    private decimal _outputCostUsd;

    public void Clear()
    {
        _latency.Clear();
        _firstToken.Clear();
        _speed.Clear();
        _scores.Clear();
        _traces = _observations = _requests = _errors = _inputTokens = _outputTokens = _totalTokens = _unpriced = 0;
        _costUsd = _inputCostUsd = _outputCostUsd = 0;
    }

    public void Add(SeriesTally tally)
    {
        _traces += tally.Traces;
        _observations += tally.Observations;
        _requests += tally.Requests;
        _errors += tally.Errors;
        _inputTokens += tally.InputTokens;
        _outputTokens += tally.OutputTokens;
        _totalTokens += tally.TotalTokens;
        _costUsd += tally.CostUsd;
        _inputCostUsd += tally.InputCostUsd;
        _outputCostUsd += tally.OutputCostUsd;
        _unpriced += tally.Unpriced;
        Add(_latency, tally.Latency);
        Add(_firstToken, tally.FirstToken);
        Add(_speed, tally.Speed);
        _scores.Add(tally.Scores);
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
        InputCostUsd = _inputCostUsd,
        OutputCostUsd = _outputCostUsd,
        Unpriced = _unpriced,
        LatencyP50Ms = _latency.Quantile(0.50),
        LatencyP95Ms = _latency.Quantile(0.95),
        LatencyP99Ms = _latency.Quantile(0.99),
        FirstTokenP50Ms = _firstToken.Quantile(0.50),
        FirstTokenP95Ms = _firstToken.Quantile(0.95),
        TokensPerSecondP50 = _speed.Quantile(0.50),
        Scores = _scores.ToStats(),
    };

    private static void Add(DdSketch sketch, IReadOnlyDictionary<int, long> counts)
    {
        foreach (var (index, count) in counts)
        {
            sketch.Add(new SketchCount(index, count));
        }
    }
}
