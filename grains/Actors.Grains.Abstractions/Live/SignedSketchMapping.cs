namespace Actors.Live;

/// <summary>
/// Which bucket of a quantile sketch any number falls into: the buckets of <see cref="SketchMapping"/> for those above zero, the
/// same ones mirrored for those below, and one for what is too small for either. Indexes rise with values.
/// </summary>
/// <remarks>
/// <para>
/// Masson, Rim and Lee, "DDSketch", PVLDB 12(12), 2019, section 2, cover negative numbers by a second set of buckets for their
/// absolute values, and zero by a bucket of its own. Here both sets share one range of integers, mirrored at
/// <see cref="ZeroIndex"/>: the walk to a quantile is one walk.
/// </para>
/// <para>
/// Values are scaled so that 1 is what stands for its bucket. The bound of the error knows no unit, and a score that is always
/// 1, -1, 0.5 or 2 is told as that, not as 1.01.
/// </para>
/// </remarks>
public static class SignedSketchMapping
{
    /// <summary>The index of numbers whose absolute value is below <see cref="MinValue"/>.</summary>
    public const int ZeroIndex = SketchMapping.MinIndex - 1;

    /// <summary>The index of the greatest numbers: all above <see cref="MaxValue"/>.</summary>
    public const int MaxIndex = SketchMapping.MaxIndex;

    /// <summary>The index of the least numbers.</summary>
    public const int MinIndex = (2 * ZeroIndex) - MaxIndex;

    private static readonly double Scale = SketchMapping.Representative(SketchMapping.IndexOf(1));

    /// <summary>The least number that is told from 0: about 6e-8.</summary>
    public static double MinValue { get; } = SketchMapping.MinValue / Scale;

    /// <summary>Greater numbers are told as about this one: 2.4e10.</summary>
    public static double MaxValue { get; } = SketchMapping.UpperBound(MaxIndex) / Scale;

    /// <summary>The index of the bucket of any number.</summary>
    public static int IndexOf(double value)
    {
        var scaled = Math.Abs(value) * Scale;
        return !(scaled >= SketchMapping.MinValue) ? ZeroIndex
            : value > 0 ? SketchMapping.IndexOf(scaled)
            : Mirror(SketchMapping.IndexOf(scaled));
    }

    /// <summary>The value that stands for all values of a bucket.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such bucket.</exception>
    public static double Representative(int index) =>
        index == ZeroIndex ? 0
        : index > ZeroIndex ? SketchMapping.Representative(index) / Scale
        : -SketchMapping.Representative(Mirror(index)) / Scale;

    private static int Mirror(int index) => (2 * ZeroIndex) - index;
}
