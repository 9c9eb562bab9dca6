namespace Actors.Live;

/// <summary>What a series is about, and what a <see cref="LiveFilter"/> may ask for.</summary>
public enum LiveDimension
{
    /// <summary>All that is counted.</summary>
    Total,

    /// <summary>One model.</summary>
    Model,

    /// <summary>The traces of one name.</summary>
    TraceName,

    /// <summary>One environment.</summary>
    Environment,

    /// <summary>The traces of one release.</summary>
    Release,

    /// <summary>One version of a prompt, as <c>name@3</c>.</summary>
    PromptVersion,

    /// <summary>The calls of one tool: observations of type TOOL of one name.</summary>
    Tool,

    /// <summary>One prompt by name, whatever its version. For filters only.</summary>
    Prompt,

    /// <summary>The traces of one user. For filters and rankings only.</summary>
    User,

    /// <summary>The traces of one session. For filters and rankings only.</summary>
    Session,
}

/// <summary>Which series.</summary>
/// <param name="Dimension">What the series is about.</param>
/// <param name="Value">The model, name or environment; empty for the total. Values beyond the cap are joined in <c>other</c>.</param>
[GenerateSerializer, Immutable, Alias("actors.LiveSeriesKey")]
public readonly record struct LiveSeriesKey([property: Id(0)] LiveDimension Dimension, [property: Id(1)] string Value)
{
    /// <summary>The value under which the values beyond the cap are joined.</summary>
    public const string Other = "other";

    /// <summary>How many values of one dimension have a series of their own.</summary>
    public const int MaxPerDimension = 30;

    /// <summary>Longer values are cut to this length.</summary>
    public const int MaxValueLength = 200;

    /// <summary>The series of a value, which is cut when it is too long; a pair of surrogates is not cut apart.</summary>
    public static LiveSeriesKey Of(LiveDimension dimension, string value) =>
        new(dimension, value.Length <= MaxValueLength ? value : value[..(char.IsHighSurrogate(value[MaxValueLength - 1]) ? MaxValueLength - 1 : MaxValueLength)]);

    /// <summary>All that is counted.</summary>
    public static LiveSeriesKey Total { get; } = new(LiveDimension.Total, "");

    /// <summary>The dimensions whose values have series.</summary>
    public static IReadOnlyList<LiveDimension> Dimensions { get; } =
    [
        LiveDimension.Model, LiveDimension.TraceName, LiveDimension.Environment,
        LiveDimension.Release, LiveDimension.PromptVersion, LiveDimension.Tool,
    ];
}
