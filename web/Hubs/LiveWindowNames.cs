using Actors.Live;

namespace Actors.Web.Hubs;

/// <summary>How rolling windows and series are spelled on the wire.</summary>
internal static class LiveWindowNames
{
    private static readonly (string Name, LiveWindows Window)[] Known =
    [
        ("1m", LiveWindows.Minute), ("5m", LiveWindows.FiveMinutes), ("15m", LiveWindows.QuarterHour),
        ("1h", LiveWindows.Hour), ("24h", LiveWindows.Day), ("all", LiveWindows.AllTime),
    ];

    private static readonly (string Name, LiveDimension Dimension)[] Dimensions =
    [
        ("total", LiveDimension.Total), ("model", LiveDimension.Model), ("traceName", LiveDimension.TraceName),
        ("environment", LiveDimension.Environment), ("release", LiveDimension.Release),
        ("promptVersion", LiveDimension.PromptVersion), ("tool", LiveDimension.Tool),
        ("prompt", LiveDimension.Prompt), ("user", LiveDimension.User), ("session", LiveDimension.Session),
    ];

    /// <summary>The names of all windows.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Known.Select(w => w.Name)];

    /// <summary>The names of the dimensions whose values have series.</summary>
    public static IReadOnlyList<string> Series { get; } = [.. LiveSeriesKey.Dimensions.Select(NameOf)];

    /// <summary>The names of the dimensions whose values are ranked.</summary>
    public static IReadOnlyList<string> Ranked { get; } = [.. Dimensions.Where(d => d.Dimension != LiveDimension.Total).Select(d => d.Name)];

    /// <summary>The names of what values are ranked by.</summary>
    public static IReadOnlyList<string> Orders { get; } = ["cost", "count", "errors"];

    public static string NameOf(LiveWindows window) => Known.First(w => w.Window == window).Name;

    public static string NameOf(LiveDimension dimension) => Dimensions.First(d => d.Dimension == dimension).Name;

    /// <summary>The window of a name; null when there is none.</summary>
    public static LiveWindows? ParseWindow(string name) =>
        Array.FindIndex(Known, w => w.Name == name) is >= 0 and var place ? Known[place].Window : null;

    /// <summary>The dimension of a name; null when there is none.</summary>
    public static LiveDimension? ParseDimension(string name) =>
        Array.FindIndex(Dimensions, d => d.Name == name) is >= 0 and var place ? Dimensions[place].Dimension : null;
}

/// <summary>Some dimensions; equal when they are the same.</summary>
internal readonly record struct DimensionSet(uint Bits)
{
    public static DimensionSet Of(params IEnumerable<LiveDimension> dimensions) =>
        new(dimensions.Aggregate(0u, (bits, dimension) => bits | (1u << (int)dimension)));

    public bool Contains(LiveDimension dimension) => (Bits & (1u << (int)dimension)) != 0;
}
