using System.Numerics;
using Actors.Live;

namespace Actors.Web.Hubs;

/// <summary>How rolling windows and series are spelled on the wire.</summary>
internal static class LiveWindowNames
{
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly (string Name, TimeSpan Length)[] Known =
    [
        ("1m", Minute), ("5m", TimeSpan.FromMinutes(5)), ("15m", TimeSpan.FromMinutes(15)),
        ("1h", Hour), ("24h", TimeSpan.FromDays(1)), ("all", TimeSpan.MaxValue),
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

    public static string NameOf(TimeSpan length) => Known.First(w => w.Length == length).Name;

    public static string NameOf(LiveDimension dimension) => Dimensions.First(d => d.Dimension == dimension).Name;

    /// <summary>The length of a window; null when there is none of that name.</summary>
    public static TimeSpan? ParseWindow(string name) => PlaceOf(name) is >= 0 and var place ? Known[place].Length : null;

    /// <summary>The dimension of a name; null when there is none.</summary>
    public static LiveDimension? ParseDimension(string name) =>
        Array.FindIndex(Dimensions, d => d.Name == name) is >= 0 and var place ? Dimensions[place].Dimension : null;

    internal static int PlaceOf(TimeSpan length) => Array.FindIndex(Known, w => w.Length == length);

    private static int PlaceOf(string name) => Array.FindIndex(Known, w => w.Name == name);
}

/// <summary>Some windows; equal when they are the same.</summary>
internal readonly record struct WindowSet(uint Bits)
{
    public static WindowSet Of(params ReadOnlySpan<TimeSpan> lengths)
    {
        var bits = 0u;
        foreach (var length in lengths)
        {
            bits |= 1u << LiveWindowNames.PlaceOf(length);
        }

        return new WindowSet(bits);
    }

    public bool Contains(TimeSpan length) => LiveWindowNames.PlaceOf(length) is >= 0 and var place && (Bits & (1u << place)) != 0;
}

/// <summary>Some dimensions; equal when they are the same.</summary>
internal readonly record struct DimensionSet(uint Bits)
{
    public int Count => BitOperations.PopCount(Bits);

    public static DimensionSet Of(params IEnumerable<LiveDimension> dimensions) =>
        new(dimensions.Aggregate(0u, (bits, dimension) => bits | (1u << (int)dimension)));

    public bool Contains(LiveDimension dimension) => (Bits & (1u << (int)dimension)) != 0;
}
