using System.Globalization;

namespace Actors.Testing;

/// <summary>How many random histories are tried: <c>ACTORS_HISTORY_FACTOR=100</c> tries a hundred times as many.</summary>
public static class HistoryRun
{
    private static readonly int Factor =
        Environment.GetEnvironmentVariable("ACTORS_HISTORY_FACTOR") is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : 1;

    /// <summary>The number of histories where one run of all tests tries <paramref name="histories"/>.</summary>
    public static int Times(int histories) => checked(histories * Factor);
}
