using System.Globalization;

namespace Actors.Crash;

/// <summary>Where all chance of a run comes from. <c>ACTORS_SEED</c> repeats a run.</summary>
internal static class Seed
{
    public static int OfThisRun { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("ACTORS_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var set)
            ? set
            : (int)(TimeProvider.System.GetTimestamp() & 0x7fff_ffff);

    /// <summary>Chance of its own for a part of the run, the same whatever the other parts do.</summary>
    public static Random For(int round, int part) => new(HashOf(OfThisRun, round, part));

    // HashCode is seeded anew in every process, which would make a seed worthless.
    private static int HashOf(params ReadOnlySpan<int> values)
    {
        var hash = 17u;
        foreach (var value in values)
        {
            hash = (hash ^ (uint)value) * 16_777_619;
            hash ^= hash >> 13;
        }

        return (int)(hash & 0x7fff_ffff);
    }
}
