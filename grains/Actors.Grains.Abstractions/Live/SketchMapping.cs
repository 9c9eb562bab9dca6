namespace Actors.Live;

/// <summary>
/// Which bucket of a quantile sketch a value falls into. The bounds of the buckets grow so slowly that the
/// middle of a bucket is within <see cref="RelativeError"/> of everything in it.
/// </summary>
/// <remarks>
/// <para>
/// The bound is that of Masson, Rim and Lee, "DDSketch: A Fast and Fully-Mergeable Quantile Sketch with Relative-Error
/// Guarantees", PVLDB 12(12), 2019, section 2.1: with γ = (1 + α) / (1 − α), a bucket whose ends l and u satisfy
/// u / l ≤ γ is represented by 2lu / (l + u) (their 2γ^i / (γ + 1)) with a relative error of at most α.
/// </para>
/// <para>
/// They take ⌈log γ(x)⌉ as the index. A logarithm is not needed, only a monotone function that climbs at least as fast
/// as it does. With x = 2^e · (1 + s), 0 ≤ s &lt; 1, this is y(x) = e + P(s), P(s) = 6/35 s³ − 3/5 s² + 10/7 s: P(0) = 0
/// and P(1) = 1 make y continuous, and dy / d(ln x) = P'(s)(1 + s) has its least value, 10/7, at s = 0 and s = 2/3. So
/// ⌊y · 0.7 / ln γ⌋ advances by one at least whenever ln x advances by ln γ. Exponent and fraction are read from the
/// bits of the number; the price is 35.0 buckets for each doubling instead of 34.7.
/// </para>
/// <para>
/// The range of indexes is fixed. The paper bounds the memory by joining the lowest buckets below the current
/// maximum, which forgets: a great value that comes and is taken back leaves the low buckets joined. A fixed range
/// bounds the memory as well and keeps every operation linear, so that what is added can be removed again, in any
/// order and in any instance.
/// </para>
/// </remarks>
public static class SketchMapping
{
    /// <summary>The greatest relative error α of a quantile.</summary>
    public const double RelativeError = 0.01;

    /// <summary>Smaller values, 0 included, are counted as 0.</summary>
    public const double MinValue = 1.0 / (1 << 24);

    /// <summary>The most buckets a sketch has, besides the one of zeros.</summary>
    public const int MaxBuckets = 2_048;

    /// <summary>The index of the bucket of <see cref="MinValue"/>.</summary>
    public const int MinIndex = -840;

    /// <summary>The index of the last bucket, which takes all greater values: above 2.4e10, in ms about 280 days.</summary>
    public const int MaxIndex = MinIndex + MaxBuckets - 1;

    private const double Linear = 10.0 / 7;
    private const double Quadratic = -3.0 / 5;
    private const double Cubic = 6.0 / 35;
    private const int FractionBits = 52;
    private const long FractionMask = (1L << FractionBits) - 1;
    private const int ExponentBias = 1_023;

    private static readonly double BucketsPerDoubling = 0.7 / Math.Log((1 + RelativeError) / (1 - RelativeError));

    /// <summary>The lower bound of every bucket, and the upper bound of the last one.</summary>
    private static readonly double[] Bounds = [.. Enumerable.Range(MinIndex, MaxBuckets + 1).Select(FirstValue)];

    /// <summary>The index of the bucket of a value of at least <see cref="MinValue"/>.</summary>
    public static int IndexOf(double value) => Math.Min(RawIndexOf(value), MaxIndex);

    /// <summary>The index of the bucket of a duration; a duration of 0 has the index of zeros.</summary>
    public static int IndexOfMilliseconds(long milliseconds) =>
        milliseconds > 0 ? IndexOf(milliseconds) : SketchCount.ZeroIndex;

    /// <summary>The least value of a bucket.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not one of <see cref="MinIndex"/> to <see cref="MaxIndex"/>.</exception>
    public static double LowerBound(int index) => Bounds[Place(index)];

    /// <summary>The least value above a bucket.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not one of <see cref="MinIndex"/> to <see cref="MaxIndex"/>.</exception>
    public static double UpperBound(int index) => Bounds[Place(index) + 1];

    /// <summary>The value that stands for all values of a bucket.</summary>
    public static double Representative(int index)
    {
        var (lower, upper) = (LowerBound(index), UpperBound(index));
        return 2 * lower * upper / (lower + upper);
    }

    /// <summary>The place of a bucket, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such bucket.</exception>
    public static int Place(int index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, MinIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, MaxIndex);
        return index - MinIndex;
    }

    private static int RawIndexOf(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> FractionBits) - ExponentBias;
        var fraction = BitConverter.Int64BitsToDouble((bits & FractionMask) | ((long)ExponentBias << FractionBits)) - 1;
        return (int)Math.Floor((exponent + Climb(fraction)) * BucketsPerDoubling);
    }

    private static double Climb(double fraction) => ((((Cubic * fraction) + Quadratic) * fraction) + Linear) * fraction;

    /// <summary>Inverts the index by Newton's method, then settles the last bits so that both agree exactly.</summary>
    private static double FirstValue(int index)
    {
        var height = index / BucketsPerDoubling;
        var exponent = Math.Floor(height);
        var rest = height - exponent;
        var fraction = rest;
        for (var step = 0; step < 8; step++)
        {
            var slope = (((3 * Cubic * fraction) + (2 * Quadratic)) * fraction) + Linear;
            fraction -= (Climb(fraction) - rest) / slope;
        }
        var value = Math.ScaleB(1 + fraction, (int)exponent);
        while (RawIndexOf(value) >= index)
        {
            value = Math.BitDecrement(value);
        }
        while (RawIndexOf(value) < index)
        {
            value = Math.BitIncrement(value);
        }
        return value;
    }
}
