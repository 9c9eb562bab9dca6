using System.Diagnostics.CodeAnalysis;
using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>One second of the board: its series, and how far their numbers can be trusted.</summary>
/// <param name="base">The position up to which the numbers come from the read model.</param>
/// <param name="known">The position that the log had come to when those numbers had been answered.</param>
/// <param name="doubtedAt">The position that the read model must have passed before the numbers can be trusted; null: they can.</param>
internal sealed class BoardSecond(long @base = 0, long known = 0, long? doubtedAt = null)
{
    private readonly Dictionary<LiveSeriesKey, SeriesSecond> _series = [];

    /// <summary>The position up to which the numbers came from the read model.</summary>
    public long Base { get; private set; } = @base;

    /// <summary>The position that the log had come to when those numbers had been answered.</summary>
    public long Known { get; private set; } = known;

    /// <summary>The highest position that was added on top.</summary>
    public long Highest { get; private set; }

    /// <summary>The position that the read model must have passed before the numbers can be trusted again.</summary>
    public long? DoubtedAt { get; private set; } = doubtedAt;

    /// <summary>Rises with every change of the numbers or of the trust in them.</summary>
    public long Changes { get; private set; }

    public IEnumerable<LiveSeriesKey> Keys => _series.Keys;

    public void Reset(long watermark, long known)
    {
        Changes++;
        // A series that is empty now stays as zeros, so that watchers are told that it is.
        foreach (var key in _series.Keys)
        {
            _series[key] = new SeriesSecond();
        }

        Base = watermark;
        Known = known;
        Highest = 0;
        DoubtedAt = null;
    }

    /// <summary>Makes the numbers doubtful until the read model has passed a position.</summary>
    public void Doubt(long position)
    {
        Changes++;
        DoubtedAt = Math.Max(DoubtedAt ?? 0, position);
    }

    /// <summary>Adds differences on top.</summary>
    public void Add(PartialBucket bucket, SeriesNames names)
    {
        Changes++;
        Highest = Math.Max(Highest, bucket.HighestPosition);
        foreach (var series in bucket.Series)
        {
            Series(names.Map(series.Key)).Add(series);
        }
    }

    public bool TryGet(LiveSeriesKey key, [NotNullWhen(true)] out SeriesSecond? series) =>
        _series.TryGetValue(key, out series);

    public SeriesSecond Series(LiveSeriesKey key)
    {
        if (!_series.TryGetValue(key, out var series))
        {
            series = new SeriesSecond();
            _series.Add(key, series);
        }

        return series;
    }

    public void Add(SeedObservations o, SeriesNames names)
    {
        Series(LiveSeriesKey.Total).Add(o);
        Series(names.Map(new(LiveDimension.Environment, o.Environment))).Add(o);
        if (o.Model is not null)
        {
            Series(names.Map(new(LiveDimension.Model, o.Model))).Add(o);
        }

        if (o.TraceName is not null)
        {
            Series(names.Map(new(LiveDimension.TraceName, o.TraceName))).Add(o);
        }
    }

    public void Add(SeedTraces t, SeriesNames names)
    {
        Series(LiveSeriesKey.Total).AddTraces(t.Count);
        Series(names.Map(new(LiveDimension.Environment, t.Environment))).AddTraces(t.Count);
        if (t.Name is not null)
        {
            Series(names.Map(new(LiveDimension.TraceName, t.Name))).AddTraces(t.Count);
        }
    }

    public void Add(SeedScores s, SeriesNames names)
    {
        var score = new ScoreStats(s.Name, s.Count, s.Sum);
        Series(LiveSeriesKey.Total).AddScore(score);
        Series(names.Map(new(LiveDimension.Environment, s.Environment))).AddScore(score);
    }
}
