using System.Globalization;

namespace Actors.Web.Tests.Fuzzing;

/// <summary>
/// How long the random tests of this project run, and from which seed: <c>ACTORS_FUZZ_FACTOR=10</c> runs ten times as long,
/// <c>ACTORS_FUZZ_SEED</c> replays what a failure printed.
/// </summary>
internal static class FuzzRun
{
    private static readonly int Factor = Read("ACTORS_FUZZ_FACTOR") ?? 1;

    public static int Seed { get; } = Read("ACTORS_FUZZ_SEED") ?? Random.Shared.Next();

    public static int Times(int rounds) => checked(rounds * Factor);

    /// <summary>What decides about one input: the same for the same seed, in whatever order the inputs come.</summary>
    public static Random For(int number) => new(unchecked(Seed + (number * (int)2_654_435_761)));

    private static int? Read(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;
}
