using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>
/// A longer time as one bucket, by the same rules as a second: what the read model knew plus the differences after that. Facts
/// that come between question and answer wait for it.
/// </summary>
internal sealed class BoardSpan(LiveRange range)
{
    private const int MaxWaiting = 20_000;

    private readonly List<(PartialBucket Delta, long Unknown)> _waiting = [];
    private int _waitingSeries;
    private long _overflowedAt;

    public LiveRange Range { get; } = range;

    /// <summary>Its numbers; null until the read model has answered.</summary>
    public BoardBucket? Bucket { get; private set; }

    /// <summary>Whether the read model should be asked again.</summary>
    public bool IsDoubted => Bucket is { } bucket && (bucket.DoubtedAt is not null || bucket.SeenIsUncertain);

    public void Apply(PartialBucket delta, SeriesNames names, long unknown)
    {
        if (!Range.Contains(delta.Second))
        {
            return;
        }

        if (Bucket is { } bucket)
        {
            bucket.Apply(delta, names, unknown);
            return;
        }

        _waitingSeries += delta.Series.Count;
        if (_waitingSeries <= MaxWaiting)
        {
            _waiting.Add((delta, unknown));
        }
        else
        {
            _overflowedAt = Math.Max(_overflowedAt, delta.HighestPosition == long.MaxValue ? unknown : delta.HighestPosition);
        }
    }

    /// <summary>Takes the answer of the read model, and what came since the question.</summary>
    /// <param name="sums">Its numbers; null: there are none.</param>
    /// <param name="watermark">The position that it includes.</param>
    /// <param name="head">The head of the log at the time of the question: facts up to it are in the answer, or lost.</param>
    /// <param name="known">The head of the log after the answer.</param>
    /// <param name="names">Where values count.</param>
    public void Answer(SumBucket? sums, long watermark, long head, long known, SeriesNames names)
    {
        var bucket = new BoardBucket(Math.Max(watermark, head), known, watermark < head ? head : null);
        if (sums is not null)
        {
            bucket.Fill(sums, names);
        }

        foreach (var (delta, unknown) in _waiting)
        {
            bucket.Apply(delta, names, unknown);
        }

        if (_overflowedAt > bucket.Base)
        {
            bucket.Doubt(_overflowedAt);
        }

        _waiting.Clear();
        Bucket = bucket;
    }
}
