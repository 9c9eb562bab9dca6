using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>Signed differences of one bucket, while they are gathered.</summary>
internal sealed class DeltaBucket
{
    /// <summary>How many series one bucket may have in one partial.</summary>
    public const int MaxSeries = 400;

    private readonly Dictionary<LiveSeriesKey, SeriesTally> _series = [];
    private long _lowest = long.MaxValue;
    private long _highest;
    private long _first = long.MaxValue;
    private long _last = long.MinValue;

    public void Doubt() => _highest = long.MaxValue;

    public void Add(in Contribution c, in TraceDims dims, int sign, long position)
    {
        Note(c.Second, position);
        Series(LiveSeriesKey.Total).Add(c, sign, isTool: false);
        Find(LiveDimension.Environment, c.Environment)?.Add(c, sign, isTool: false);
        Find(LiveDimension.Model, c.Dims.Model)?.Add(c, sign, isTool: false);
        Find(LiveDimension.TraceName, dims.Name)?.Add(c, sign, isTool: false);
        Find(LiveDimension.Release, dims.Release)?.Add(c, sign, isTool: false);
        Find(LiveDimension.PromptVersion, c.Dims.PromptVersion)?.Add(c, sign, isTool: false);
        Find(LiveDimension.Tool, c.Tool)?.Add(c, sign, isTool: true);
    }

    public void AddTrace(in TraceContribution trace, in TraceDims dims, int sign, long position)
    {
        Note(trace.Second, position);
        Series(LiveSeriesKey.Total).AddTrace(sign);
        Find(LiveDimension.Environment, trace.Environment)?.AddTrace(sign);
        Find(LiveDimension.TraceName, dims.Name)?.AddTrace(sign);
        Find(LiveDimension.Release, dims.Release)?.AddTrace(sign);
    }

    public void AddScore(in ScoreContribution score, in TraceDims dims, int sign, long position)
    {
        Note(score.Second, position);
        Series(LiveSeriesKey.Total).AddScore(score, sign);
        Find(LiveDimension.Environment, score.Environment)?.AddScore(score, sign);
        Find(LiveDimension.Model, score.Dims.Model)?.AddScore(score, sign);
        Find(LiveDimension.TraceName, dims.Name)?.AddScore(score, sign);
        Find(LiveDimension.Release, dims.Release)?.AddScore(score, sign);
        Find(LiveDimension.PromptVersion, score.Dims.PromptVersion)?.AddScore(score, sign);
    }

    public PartialBucket ToPartial(long second, bool isCoarse) =>
        new(second, Math.Min(_lowest, _highest), _highest, [.. _series.Select(s => s.Value.ToSums(s.Key))], new LiveSeen(_first, _last), isCoarse);

    private void Note(long second, long position)
    {
        _first = Math.Min(_first, second);
        _last = Math.Max(_last, second);
        _lowest = Math.Min(_lowest, position);
        _highest = Math.Max(_highest, position);
    }

    private SeriesTally? Find(LiveDimension dimension, string? value) => value is null ? null : Series(LiveSeriesKey.Of(dimension, value));

    private SeriesTally Series(LiveSeriesKey key)
    {
        if (!_series.TryGetValue(key, out var series))
        {
            if (_series.Count >= MaxSeries && key.Value != LiveSeriesKey.Other && key != LiveSeriesKey.Total)
            {
                return Series(key with { Value = LiveSeriesKey.Other });
            }

            series = new SeriesTally();
            _series.Add(key, series);
        }

        return series;
    }
}
