using System.Text.Json.Serialization;

namespace Actors.Contracts;

/// <summary>Which window of which series.</summary>
/// <param name="By">What the series is about: <c>total</c>, <c>model</c>, <c>traceName</c>, <c>environment</c>, <c>release</c>, <c>promptVersion</c>, <c>tool</c>.</param>
/// <param name="Value">The model, the name, …; empty for the total. <c>other</c> joins the values that have no series of their own.</param>
/// <param name="Window">Its length: <c>1m</c>, <c>5m</c>, <c>15m</c>, <c>1h</c>, <c>24h</c>, <c>all</c>.</param>
public sealed record LiveWindowKeyBody(string By, string Value, string Window);

/// <summary>One rolling window of one series. It ends now.</summary>
public sealed record LiveWindowBody
{
    /// <inheritdoc cref="LiveWindowKeyBody(string, string, string)" path="/param[@name='By']"/>
    public required string By { get; init; }

    /// <inheritdoc cref="LiveWindowKeyBody(string, string, string)" path="/param[@name='Value']"/>
    public required string Value { get; init; }

    /// <summary>Its length: <c>1m</c>, <c>5m</c>, <c>15m</c>, <c>1h</c>, <c>24h</c>, <c>all</c>.</summary>
    public required string Window { get; init; }

    /// <summary>Its first second, in Unix seconds; long windows begin at a whole quarter of a minute, minute or five minutes. Null for <c>all</c>.</summary>
    public required long? From { get; init; }

    /// <summary>Whether some of it is still to be confirmed by what is stored.</summary>
    public required bool Waiting { get; init; }

    /// <summary>What happened in it.</summary>
    public required LiveStatsBody Current { get; init; }

    /// <summary>The window of the same length before it; absent: not asked for, none, or not known yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LiveStatsBody? Previous { get; init; }

    /// <summary>The same window a day earlier, as a whole; absent: not asked for, none, or not known yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LiveStatsBody? Yesterday { get; init; }
}

/// <summary>Some seconds of one series.</summary>
/// <param name="By"><inheritdoc cref="LiveWindowKeyBody(string, string, string)" path="/param[@name='By']"/></param>
/// <param name="Value"><inheritdoc cref="LiveWindowKeyBody(string, string, string)" path="/param[@name='Value']"/></param>
/// <param name="Points">By rising second.</param>
public sealed record LiveSeriesBody(string By, string Value, IReadOnlyList<LivePointBody> Points);

/// <summary>One second of one series.</summary>
/// <param name="Second">Its start in Unix seconds.</param>
/// <param name="Stats">What happened in it.</param>
public sealed record LivePointBody(long Second, LiveStatsBody Stats);

/// <summary>What happened in a window or a second. A model call is a generation or an embedding; in a series of a tool it is a call of the tool.</summary>
public sealed record LiveStatsBody
{
    /// <summary>Traces that began.</summary>
    public required long Traces { get; init; }

    /// <summary>Observations that ended.</summary>
    public required long Observations { get; init; }

    /// <summary>Model calls.</summary>
    public required long Requests { get; init; }

    /// <summary>Observations of level ERROR.</summary>
    public required long Errors { get; init; }

    /// <summary>Input tokens.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Output tokens.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>All tokens.</summary>
    public required long TotalTokens { get; init; }

    /// <summary>Known costs, in US dollars.</summary>
    public required decimal CostUsd { get; init; }

    /// <summary>The part of it that input cost.</summary>
    public required decimal InputCostUsd { get; init; }

    /// <summary>The part of it that output cost.</summary>
    public required decimal OutputCostUsd { get; init; }

    /// <summary>Model calls with usage whose cost is unknown and missing in <see cref="CostUsd"/>.</summary>
    public required long Unpriced { get; init; }

    /// <summary>Latency of model calls in milliseconds, within 1 %; null: none ended.</summary>
    public required double? LatencyP50Ms { get; init; }

    /// <inheritdoc cref="LatencyP50Ms"/>
    public required double? LatencyP95Ms { get; init; }

    /// <inheritdoc cref="LatencyP50Ms"/>
    public required double? LatencyP99Ms { get; init; }

    /// <summary>Time to first token in milliseconds, within 1 %; null: none is known.</summary>
    public required double? FirstTokenP50Ms { get; init; }

    /// <inheritdoc cref="FirstTokenP50Ms"/>
    public required double? FirstTokenP95Ms { get; init; }

    /// <summary>Output tokens per second of the median model call, within 1 %; null: none is known.</summary>
    public required double? TokensPerSecondP50 { get; init; }

    /// <summary>Scores by name, source and category, most given first, at most 16.</summary>
    public required IReadOnlyList<LiveScoreSumBody> Scores { get; init; }
}

/// <summary>The scores of one name, source and category.</summary>
/// <param name="Name">What was scored.</param>
/// <param name="Source"><c>API</c>, <c>ANNOTATION</c> or <c>EVAL</c>.</param>
/// <param name="Category">The value of categorical scores; null for numeric and boolean ones.</param>
/// <param name="Count">How many.</param>
/// <param name="Sum">The sum of their values; divided by <paramref name="Count"/> the mean, of boolean scores the share of those that are true. 0 for categories.</param>
/// <param name="P10">Of the numeric ones among them, the value that a tenth lies below, within 1 %; absent: not asked for, or none is numeric.</param>
/// <param name="P50">The median of these; absent likewise.</param>
/// <param name="P90">The value that a tenth of these lies above; absent likewise.</param>
public sealed record LiveScoreSumBody(
    string Name,
    string Source,
    string? Category,
    long Count,
    double Sum,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? P10 = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? P50 = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? P90 = null);

/// <summary>A value that stands out.</summary>
/// <param name="Value">The user, the session, …; <c>other</c> for what all others add up to.</param>
/// <param name="Traces">Traces that began.</param>
/// <param name="Observations">Observations.</param>
/// <param name="Errors">Observations of level ERROR.</param>
/// <param name="TotalTokens">All tokens.</param>
/// <param name="CostUsd">Known costs, in US dollars.</param>
public sealed record LiveTopValueBody(string Value, long Traces, long Observations, long Errors, long TotalTokens, decimal CostUsd);
