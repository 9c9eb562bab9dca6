namespace Actors.Live;

/// <summary>
/// Counts numbers of any sign in the buckets of <see cref="SignedSketchMapping"/>, so that any quantile is known within 1 %. Holds
/// only the buckets that were hit: scores come in few and are mostly alike.
/// </summary>
/// <remarks>
/// Counts are signed and all operations are sums of them, hence commutative, associative and invertible. There are 4,097 buckets at
/// most, of 16 bytes each. Not safe for concurrent use.
/// </remarks>
public sealed class SignedSketch
{
    private static readonly Comparer<SketchCount> ByIndex = Comparer<SketchCount>.Create((a, b) => a.Index.CompareTo(b.Index));

    private readonly List<SketchCount> _buckets = [];

    /// <summary>The buckets whose count is not 0, by rising value.</summary>
    public IReadOnlyList<SketchCount> Buckets => _buckets;

    /// <summary>Counts values of one bucket. A count below 0 takes values back.</summary>
    public void Add(int index, long count)
    {
        // Other sketches are added from their first bucket to their last.
        var at = _buckets is [.., var last] && last.Index >= index ? _buckets.BinarySearch(new SketchCount(index, 0), ByIndex) : ~_buckets.Count;
        var sum = at < 0 ? count : _buckets[at].Count + count;
        if (sum == 0)
        {
            if (at >= 0)
            {
                _buckets.RemoveAt(at);
            }
        }
        else if (at < 0)
        {
            _buckets.Insert(~at, new SketchCount(index, sum));
        }
        else
        {
            _buckets[at] = new SketchCount(index, sum);
        }
    }

    /// <summary>Adds the counts of some buckets.</summary>
    public void Add(IReadOnlyList<SketchCount> buckets)
    {
        ArgumentNullException.ThrowIfNull(buckets);
        for (var i = 0; i < buckets.Count; i++)
        {
            Add(buckets[i].Index, buckets[i].Count);
        }
    }

    /// <summary>
    /// The value below which the fraction <paramref name="q"/> of all values lies, within <see cref="SketchMapping.RelativeError"/>;
    /// null without values.
    /// </summary>
    /// <remarks>Of n values in ascending order x0, x1, … it stands for the one at ⌊q · (n − 1)⌋. Buckets with a negative count count as empty.</remarks>
    /// <param name="q">0 to 1.</param>
    public double? Quantile(double q)
    {
        if (!(q is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(q), q, "A quantile is asked for a fraction of 0 to 1.");
        }

        var present = 0L;
        foreach (var bucket in _buckets)
        {
            present += Math.Max(bucket.Count, 0);
        }

        // Beyond 2^53 values the product can round up to n, which is no rank.
        var left = Math.Min((long)Math.Floor(q * (present - 1)), present - 1);
        foreach (var bucket in _buckets)
        {
            left -= Math.Max(bucket.Count, 0);
            if (left < 0 && bucket.Count > 0)
            {
                return SignedSketchMapping.Representative(bucket.Index);
            }
        }

        return null;
    }
}
