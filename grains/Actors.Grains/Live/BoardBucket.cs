using System.Diagnostics.CodeAnalysis;
using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>One bucket of the board, a second or a longer time: its series, and how far their numbers can be trusted.</summary>
/// <param name="base">The position up to which the numbers come from the read model.</param>
/// <param name="known">The position that the log had come to when those numbers had been answered.</param>
/// <param name="doubtedAt">The position that the read model must have passed before the numbers can be trusted; null: they can.</param>
internal sealed class BoardBucket(long @base = 0, long known = 0, long? doubtedAt = null)
{
    private readonly Dictionary<LiveSeriesKey, SeriesTally> _series = [];

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

    /// <summary>When something counts first and last in it; null: nothing does.</summary>
    public LiveSeen? Seen { get; private set; }

    /// <summary>Whether <see cref="Seen"/> may be too wide, so that it is worth asking again.</summary>
    public bool SeenIsUncertain { get; private set; }

    public IEnumerable<LiveSeriesKey> Keys => _series.Keys;

    public void Reset(long watermark, long known)
    {
        Changes++;
        // A series that is empty now stays as zeros, so that watchers are told that it is.
        foreach (var key in _series.Keys)
        {
            _series[key] = new SeriesTally();
        }

        Base = watermark;
        Known = known;
        Highest = 0;
        DoubtedAt = null;
        Seen = null;
        SeenIsUncertain = false;
    }

    /// <summary>Makes the numbers doubtful until the read model has passed a position.</summary>
    public void Doubt(long position)
    {
        Changes++;
        DoubtedAt = Math.Max(DoubtedAt ?? 0, position);
    }

    /// <summary>Makes the numbers doubtful when they may lack rows that were erased, from which differences still take away.</summary>
    public void DoubtErased(PositionRange erasures)
    {
        if (Base < erasures.Last && erasures.First <= Known)
        {
            Doubt(erasures.Last);
        }
    }

    /// <summary>Adds differences on top, or doubts when they cannot be.</summary>
    /// <param name="delta">The differences.</param>
    /// <param name="names">Where values count.</param>
    /// <param name="unknown">The position that the read model must have passed when the differences are not known.</param>
    /// <returns>Whether the numbers changed.</returns>
    public bool Apply(PartialBucket delta, SeriesNames names, long unknown)
    {
        if (delta.HighestPosition <= Base)
        {
            return false;
        }

        if (delta.HighestPosition == long.MaxValue)
        {
            // Its differences are not added, so the read model must have passed them too.
            Doubt(Math.Max(unknown, Highest));
            return false;
        }

        if (delta.LowestPosition <= Base || DoubtedAt is not null)
        {
            Doubt(delta.HighestPosition);
            return false;
        }

        Changes++;
        Highest = Math.Max(Highest, delta.HighestPosition);
        foreach (var series in delta.Series)
        {
            Series(names.Map(series.Key)).Add(series);
        }

        See(delta);
        return true;
    }

    /// <summary>Takes what the read model knows.</summary>
    public void Fill(SumBucket sums, SeriesNames names)
    {
        foreach (var series in sums.Series)
        {
            Series(names.Map(series.Key)).Add(series);
        }

        Seen = new LiveSeen(sums.FirstSecond, sums.LastSecond);
    }

    public bool TryGet(LiveSeriesKey key, [NotNullWhen(true)] out SeriesTally? series) => _series.TryGetValue(key, out series);

    public SeriesTally Find(LiveSeriesKey key) => _series.GetValueOrDefault(key, SeriesTally.Empty);

    public SeriesTally Series(LiveSeriesKey key)
    {
        if (!_series.TryGetValue(key, out var series))
        {
            series = new SeriesTally();
            _series.Add(key, series);
        }

        return series;
    }

    // Whether something else still counts at the same end cannot be told from a sum, so taking away there means asking again.
    private void See(PartialBucket delta)
    {
        var takes = delta.Series.Any(s => s.Traces < 0 || s.Observations < 0 || s.Scores.Any(score => score.Count < 0));
        if (Seen is not { } seen)
        {
            Seen = takes ? null : delta.Told;
            return;
        }

        if (takes && (delta.Told.FirstSecond <= seen.FirstSecond || delta.Told.LastSecond >= seen.LastSecond))
        {
            SeenIsUncertain = true;
        }
        else if (!takes)
        {
            Seen = new LiveSeen(Math.Min(seen.FirstSecond, delta.Told.FirstSecond), Math.Max(seen.LastSecond, delta.Told.LastSecond));
        }
    }
}
