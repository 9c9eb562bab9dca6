using Actors.Live;

namespace Actors.Analytics.Queries.Series;

/// <summary>The plain numbers of series, as far as they are added up.</summary>
internal sealed class SeriesNumbers
{
    private long _traces;
    private long _observations;
    private long _requests;
    private long _errors;
    private long _inputTokens;
    private long _outputTokens;
    private long _totalTokens;
    private decimal _costUsd;
    private decimal _inputCostUsd;
    private decimal _outputCostUsd;
    private long _unpriced;

    public void AddTrace() => _traces++;

    public void Add(in ObservationFact fact)
    {
        _observations++;
        _requests += fact.CallsModel ? 1 : 0;
        _errors += fact.IsError ? 1 : 0;
        _inputTokens = Bounded(_inputTokens, fact.InputTokens);
        _outputTokens = Bounded(_outputTokens, fact.OutputTokens);
        _totalTokens = Bounded(_totalTokens, fact.TotalTokens);
        _costUsd += fact.CostUsd;
        _inputCostUsd += fact.InputCostUsd;
        _outputCostUsd += fact.OutputCostUsd;
        _unpriced += fact.IsUnpriced ? 1 : 0;
    }

    public void Add(SeriesNumbers other)
    {
        _traces += other._traces;
        _observations += other._observations;
        _requests += other._requests;
        _errors += other._errors;
        _inputTokens = Bounded(_inputTokens, other._inputTokens);
        _outputTokens = Bounded(_outputTokens, other._outputTokens);
        _totalTokens = Bounded(_totalTokens, other._totalTokens);
        _costUsd += other._costUsd;
        _inputCostUsd += other._inputCostUsd;
        _outputCostUsd += other._outputCostUsd;
        _unpriced += other._unpriced;
    }

    public SeriesSums ToSums(LiveSeriesKey key) => new()
    {
        Key = key,
        Traces = _traces,
        Observations = _observations,
        Requests = key.Dimension == LiveDimension.Tool ? _observations : _requests,
        Errors = _errors,
        InputTokens = _inputTokens,
        OutputTokens = _outputTokens,
        TotalTokens = _totalTokens,
        CostUsd = RowRead.Trim(_costUsd),
        InputCostUsd = RowRead.Trim(_inputCostUsd),
        OutputCostUsd = RowRead.Trim(_outputCostUsd),
        Unpriced = _unpriced,
    };

    // Absurd numbers of one client must not become negative ones.
    private static long Bounded(long a, long b) =>
        b > 0 && a > long.MaxValue - b ? long.MaxValue : b < 0 && a < long.MinValue - b ? long.MinValue : a + b;
}

/// <summary>What one series adds up to, while it is added up.</summary>
internal sealed class SeriesTally
{
    private SketchTally? _latency;
    private SketchTally? _firstToken;
    private SketchTally? _tokensPerSecond;
    private ScoreTallies? _scores;

    public SeriesNumbers Numbers { get; } = new();

    public void AddLatency(int index) => (_latency ??= new SketchTally()).Add(index);

    public void AddFirstToken(int index) => (_firstToken ??= new SketchTally()).Add(index);

    public void AddTokensPerSecond(int index) => (_tokensPerSecond ??= new SketchTally()).Add(index);

    public void Add(in ScoreFact fact) => (_scores ??= new ScoreTallies()).Add(fact.Kind, fact.Value, fact.Index, sign: 1);

    public void Add(SeriesTally other)
    {
        Numbers.Add(other.Numbers);
        Add(ref _latency, other._latency);
        Add(ref _firstToken, other._firstToken);
        Add(ref _tokensPerSecond, other._tokensPerSecond);
        if (other._scores is { } scores)
        {
            (_scores ??= new ScoreTallies()).Add(scores);
        }
    }

    public SeriesSums ToSums(LiveSeriesKey key) => Numbers.ToSums(key) with
    {
        Latency = _latency?.ToCounts() ?? [],
        FirstToken = _firstToken?.ToCounts() ?? [],
        TokensPerSecond = _tokensPerSecond?.ToCounts() ?? [],
        Scores = _scores?.ToSums() ?? [],
    };

    private static void Add(ref SketchTally? sum, SketchTally? other)
    {
        if (other is not null)
        {
            (sum ??= new SketchTally()).Add(other);
        }
    }
}
