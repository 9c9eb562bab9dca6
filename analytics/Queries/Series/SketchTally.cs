using System.Numerics;
using Actors.Live;

namespace Actors.Analytics.Queries.Series;

/// <summary>How often each bucket of a sketch was hit: as long as they are few one hit after the other, then by bucket.</summary>
internal sealed class SketchTally
{
    private const int MaxHits = 512;

    // The bucket of zeros is before all others.
    private const int Buckets = SketchMapping.MaxBuckets + 1;

    private List<ushort>? _hits = [];
    private long[] _counts = [];

    public void Add(int index)
    {
        var bucket = index == SketchCount.ZeroIndex ? 0 : SketchMapping.Place(index) + 1;
        if (_hits is null)
        {
            _counts[bucket]++;
            return;
        }

        _hits.Add((ushort)bucket);
        if (_hits.Count > MaxHits)
        {
            Spread();
        }
    }

    public void Add(SketchTally other)
    {
        Spread();
        foreach (var hit in other._hits ?? [])
        {
            _counts[hit]++;
        }

        for (var bucket = 0; bucket < other._counts.Length; bucket++)
        {
            _counts[bucket] += other._counts[bucket];
        }
    }

    /// <summary>The counts that are not 0, by rising bucket.</summary>
    public SketchCount[] ToCounts() => _hits is { } hits ? Count(hits) : Gather(_counts);

    private static SketchCount[] Gather(long[] counts)
    {
        var gathered = new SketchCount[counts.Length - counts.AsSpan().Count(0)];
        var next = 0;
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            if (counts[bucket] != 0)
            {
                gathered[next++] = new SketchCount(IndexOf(bucket), counts[bucket]);
            }
        }

        return gathered;
    }

    // Marks which buckets were hit, so that only these are visited: there are thousands of lists like this in a minute.
    private static SketchCount[] Count(List<ushort> hits)
    {
        Span<ushort> counts = stackalloc ushort[Buckets];
        Span<ulong> marks = stackalloc ulong[(Buckets / 64) + 1];
        var distinct = 0;
        foreach (var hit in hits)
        {
            distinct += counts[hit]++ == 0 ? 1 : 0;
            marks[hit / 64] |= 1UL << (hit % 64);
        }

        var gathered = new SketchCount[distinct];
        var next = 0;
        for (var word = 0; word < marks.Length; word++)
        {
            for (var rest = marks[word]; rest != 0; rest &= rest - 1)
            {
                var bucket = (word * 64) + BitOperations.TrailingZeroCount(rest);
                gathered[next++] = new SketchCount(IndexOf(bucket), counts[bucket]);
            }
        }

        return gathered;
    }

    private static int IndexOf(int bucket) => bucket == 0 ? SketchCount.ZeroIndex : SketchMapping.MinIndex + bucket - 1;

    private void Spread()
    {
        if (_hits is not { } hits)
        {
            return;
        }

        _hits = null;
        _counts = new long[Buckets];
        foreach (var hit in hits)
        {
            _counts[hit]++;
        }
    }
}
