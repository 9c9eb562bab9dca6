using FsCheck;
using FsCheck.Fluent;

namespace Actors.Grains.Tests.Live.Sketches;

/// <summary>Generated values and operations. A failing property prints the seed with which it can be replayed.</summary>
internal static class SketchGen
{
    public static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(300);

    /// <summary>Values of all magnitudes in the range, zeros, ties, and both ends of the range.</summary>
    public static readonly Gen<double> Value = Gen.Frequency(
        (6, from exponent in Gen.Choose(-7, 9)
            from digits in Gen.Choose(1_000_000, 9_999_999)
            select digits * Math.Pow(10, exponent - 6)),
        (3, Gen.Choose(0, 20).Select(value => (double)value)),
        (1, Gen.Elements(0, double.Epsilon, 1e-300, 5e-8, 1.0 / (1 << 24), 1, 2, 1024, 2.4e10)));

    public static readonly Gen<double[]> Values =
        from count in Gen.Frequency((1, Gen.Choose(0, 3)), (4, Gen.Choose(1, 400)))
        from values in Value.ArrayOf(count)
        select values;

    /// <summary>Values with signed counts, as two instances see them whose merge alone makes sense.</summary>
    public static readonly Gen<(double Value, int Count)[]> Signed =
        (from value in Value from count in Gen.Choose(-5, 5) select (value, count)).ArrayOf();
}
