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

    private static int? Read(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;
}
