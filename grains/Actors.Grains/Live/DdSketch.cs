using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>
/// Counts values in buckets of bounded relative width, so that any quantile is known within 1 % of its value, however
/// many values there are. See <see cref="SketchMapping"/> for the source and for the bounds.
/// </summary>
/// <remarks>
/// <para>
/// Counts are signed: one instance may take back what another one was given, and their merge is exact. All operations
/// are sums of counts, hence commutative, associative and invertible.
/// </para>
/// <para>
/// A bucket takes 4 bytes and holds up to ±2,147,483,647, beyond which it stays there rather than wrap around. An
/// instance holds the buckets between its least and its greatest value in steps of 32, at most 8.2 KB.
/// Not safe for concurrent use.
/// </para>
/// </remarks>
public sealed class DdSketch
{
    private const int Chunk = 32;

    private int[] _counts = [];
    private int _offset;

    /// <summary>The sum of all signed counts.</summary>
    public long Count { get; private set; }

    /// <summary>The signed count of values below <see cref="SketchMapping.MinValue"/>.</summary>
    public long Zeros { get; private set; }

    /// <summary>How many buckets are held in memory, empty ones included.</summary>
    public int Capacity => _counts.Length;

    /// <summary>Counts a value. A count below 0 takes values back.</summary>
    /// <param name="value">0 or more and finite.</param>
    /// <param name="count">How often.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public void Add(double value, long count = 1)
    {
        if (value >= SketchMapping.MinValue && value <= double.MaxValue)
        {
            AddAt(SketchMapping.IndexOf(value), count);
            return;
        }
        if (!(value >= 0 && value <= double.MaxValue))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A sketch counts finite values of 0 or more.");
        }
        AddZeros(count);
    }

    /// <summary>Takes back what <see cref="Add(double, long)"/> counted, here or in an instance this one is merged with.</summary>
    /// <param name="value">0 or more and finite.</param>
    /// <param name="count">How often.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public void Remove(double value, long count = 1) => Add(value, -count);

    /// <summary>Adds the count of one bucket.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such bucket.</exception>
    public void Add(SketchCount bucket)
    {
        if (bucket.Index == SketchCount.ZeroIndex)
        {
            AddZeros(bucket.Count);
            return;
        }
        SketchMapping.Place(bucket.Index);
        AddAt(bucket.Index, bucket.Count);
    }

    /// <summary>Adds all counts of another sketch.</summary>
    public void Merge(DdSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Combine(other, sign: 1);
    }

    /// <summary>Takes all counts of another sketch back.</summary>
    public void Subtract(DdSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Combine(other, sign: -1);
    }

    /// <summary>
    /// The value below which the fraction <paramref name="q"/> of all values lies, within
    /// <see cref="SketchMapping.RelativeError"/>; null without values.
    /// </summary>
    /// <remarks>
    /// Of n values in ascending order x0, x1, …, it stands for the one at ⌊q · (n − 1)⌋, the lower quantile of the paper's
    /// section 1: 0 is the least value, 1 the greatest. Buckets with a negative count count as empty.
    /// </remarks>
    /// <param name="q">0 to 1.</param>
    public double? Quantile(double q)
    {
        if (!(q is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(q), q, "A quantile is asked for a fraction of 0 to 1.");
        }
        var zeros = Math.Max(Zeros, 0);
        var present = zeros;
        foreach (var count in _counts)
        {
            present += Math.Max(count, 0);
        }
        if (present == 0)
        {
            return null;
        }
        // Beyond 2^53 values the product can round up to n, which is no rank.
        var left = Math.Min((long)Math.Floor(q * (present - 1)), present - 1) - zeros;
        if (left < 0)
        {
            return 0;
        }
        for (var i = 0; i < _counts.Length; i++)
        {
            left -= Math.Max(_counts[i], 0);
            if (left < 0)
            {
                return SketchMapping.Representative(_offset + i);
            }
        }
        throw new InvalidOperationException($"The rank of quantile {q} is outside of the {present} values.");
    }

    /// <summary>Forgets everything and keeps the memory for what comes next.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        (Count, Zeros) = (0, 0);
    }

    /// <summary>A sketch of its own with the same counts.</summary>
    public DdSketch Copy() => new() { _counts = [.. _counts], _offset = _offset, Count = Count, Zeros = Zeros };

    /// <summary>
    /// Enumerates the buckets whose count is not 0 by ascending value: first, under <see cref="SketchCount.ZeroIndex"/>,
    /// the one of zeros. The sketch must not change meanwhile.
    /// </summary>
    public Enumerator GetEnumerator() => new(this);

    private void AddAt(int index, long count)
    {
        var at = index - _offset;
        if ((uint)at >= (uint)_counts.Length)
        {
            Cover(index, index);
            at = index - _offset;
        }
        AddTo(ref _counts[at], count);
    }

    private void AddZeros(long count)
    {
        Zeros += count;
        Count += count;
    }

    private void AddTo(ref int bucket, long count)
    {
        // A sum that wraps around lands far outside of the range too, so one comparison finds all that need care.
        var sum = unchecked(bucket + count);
        if ((ulong)unchecked(sum + int.MaxValue) > 2UL * int.MaxValue)
        {
            sum = count > 0 ? int.MaxValue : -int.MaxValue;
        }
        Count += sum - bucket;
        bucket = (int)sum;
    }

    private void Combine(DdSketch other, int sign)
    {
        AddZeros(sign * other.Zeros);
        var counts = other._counts.AsSpan();
        var first = counts.IndexOfAnyExcept(0);
        if (first >= 0)
        {
            AddCounts(other._offset + first, counts[first..(counts.LastIndexOfAnyExcept(0) + 1)], sign);
        }
    }

    private void AddCounts(int offset, ReadOnlySpan<int> counts, int sign)
    {
        Cover(offset, offset + counts.Length - 1);
        var mine = _counts.AsSpan(offset - _offset, counts.Length);
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] != 0)
            {
                AddTo(ref mine[i], sign * (long)counts[i]);
            }
        }
    }

    /// <summary>Makes room for the buckets from first to last, in whole chunks within the range of indexes.</summary>
    private void Cover(int first, int last)
    {
        var end = _offset + _counts.Length;
        if (_counts.Length > 0)
        {
            if (first >= _offset && last < end)
            {
                return;
            }
            first = Math.Min(first, _offset);
            last = Math.Max(last, end - 1);
        }
        var from = first - ((first - SketchMapping.MinIndex) % Chunk);
        var to = last + Chunk - ((last - SketchMapping.MinIndex) % Chunk);
        var grown = new int[to - from];
        _counts.CopyTo(grown, _counts.Length == 0 ? 0 : _offset - from);
        (_counts, _offset) = (grown, from);
    }

    /// <summary>Walks over the buckets whose count is not 0.</summary>
    public struct Enumerator
    {
        private readonly DdSketch _sketch;
        private int _next;

        internal Enumerator(DdSketch sketch)
        {
            _sketch = sketch;
            _next = sketch.Zeros == 0 ? 0 : -1;
        }

        /// <summary>The bucket.</summary>
        public SketchCount Current { get; private set; }

        /// <summary>Steps to the next bucket; false at the end.</summary>
        public bool MoveNext()
        {
            if (_next < 0)
            {
                (_next, Current) = (0, new(SketchCount.ZeroIndex, _sketch.Zeros));
                return true;
            }
            var counts = _sketch._counts;
            while (_next < counts.Length)
            {
                var at = _next++;
                if (counts[at] != 0)
                {
                    Current = new(_sketch._offset + at, counts[at]);
                    return true;
                }
            }
            return false;
        }
    }
}
