using Actors.Contracts;
using Actors.Live;
using Actors.Tracing;
using Actors.Web.Api;

namespace Actors.Web.Hubs;

/// <summary>Live numbers as they go out.</summary>
internal static class LiveWire
{
    public static LiveWindowKeyBody ToWire((LiveSeriesKey Key, LiveWindows Window) window) =>
        new(LiveWindowNames.NameOf(window.Key.Dimension), window.Key.Value, LiveWindowNames.NameOf(window.Window));

    public static LiveWindowBody ToWire(this LiveWindow window, NumbersQuestion question) => new()
    {
        By = LiveWindowNames.NameOf(window.Key.Dimension),
        Value = window.Key.Value,
        Window = LiveWindowNames.NameOf(window.Window),
        From = window.Window == LiveWindows.AllTime ? null : window.From,
        Waiting = window.IsWaiting,
        Current = window.Current.ToWire(question.Distributions),
        Previous = question.Compare ? window.Previous?.ToWire(question.Distributions) : null,
        Yesterday = question.Compare ? window.Yesterday?.ToWire(question.Distributions) : null,
    };

    public static LiveStatsBody ToWire(this LiveStats stats, bool distributions) => new()
    {
        Traces = stats.Traces,
        Observations = stats.Observations,
        Requests = stats.Requests,
        Errors = stats.Errors,
        InputTokens = stats.InputTokens,
        OutputTokens = stats.OutputTokens,
        TotalTokens = stats.TotalTokens,
        CostUsd = WireNumbers.Trim(stats.CostUsd),
        InputCostUsd = WireNumbers.Trim(stats.InputCostUsd),
        OutputCostUsd = WireNumbers.Trim(stats.OutputCostUsd),
        Unpriced = stats.Unpriced,
        LatencyP50Ms = Round(stats.LatencyP50Ms),
        LatencyP95Ms = Round(stats.LatencyP95Ms),
        LatencyP99Ms = Round(stats.LatencyP99Ms),
        FirstTokenP50Ms = Round(stats.FirstTokenP50Ms),
        FirstTokenP95Ms = Round(stats.FirstTokenP95Ms),
        TokensPerSecondP50 = Round(stats.TokensPerSecondP50),
        Scores = [.. stats.Scores.Select(s => s.ToWire(distributions))],
    };

    public static LiveScoreSumBody ToWire(this ScoreStats score, bool distributions)
    {
        var body = new LiveScoreSumBody(score.Name, score.Source.ToWire(), score.Category, score.Count, score.Sum);
        return distributions ? body with { P10 = Round(score.P10), P50 = Round(score.P50), P90 = Round(score.P90) } : body;
    }

    public static LiveTraceBody ToWire(this FeedTrace trace) => ToWire(trace.Summary) with
    {
        Id = trace.TraceId,
        Version = trace.Version,
        Timestamp = trace.Timestamp,
        UpdatedAt = trace.UpdatedAt,
        Name = trace.Name,
        UserId = trace.UserId,
        SessionId = trace.SessionId,
        Environment = trace.Environment,
        Preview = trace.Preview,
    };

    public static LiveTraceBody ToWire(this TraceRecord trace, long version) => ToWire(trace.Summary) with
    {
        Id = trace.Id,
        Version = version,
        Timestamp = trace.Timestamp,
        UpdatedAt = trace.UpdatedAt,
        Name = trace.Name,
        UserId = trace.UserId,
        SessionId = trace.SessionId,
        Environment = trace.Environment,
    };

    public static LiveScoreBody ToWire(this FeedScore score) => new()
    {
        Id = score.ScoreId,
        TraceId = score.TraceId,
        ObservationId = score.ObservationId,
        SessionId = score.SessionId,
        Name = score.Name,
        Value = score.Value,
        Category = score.Category,
        Source = score.Source.ToWire(),
        Timestamp = score.Timestamp,
        Deleted = score.IsDeleted,
    };

    public static LiveTopValueBody ToWire(this TopValue value) => new(
        value.Value, value.Traces, value.Observations, value.Errors, value.TotalTokens, WireNumbers.Trim(value.CostUsd));

    private static LiveTraceBody ToWire(TraceSummary summary) => new()
    {
        Id = "",
        Version = 0,
        Timestamp = default,
        UpdatedAt = default,
        Environment = "",
        Observations = summary.Observations,
        Running = summary.Running,
        Errors = summary.Errors,
        Warnings = summary.Warnings,
        LatencyMs = summary.Latency?.TotalMilliseconds,
        InputTokens = summary.InputTokens,
        OutputTokens = summary.OutputTokens,
        TotalTokens = summary.TotalTokens,
        CostUsd = WireNumbers.Trim(summary.CostUsd),
        Models = summary.Models,
        Scores = summary.Scores,
    };

    // Four digits are more than a sketch of 1 % knows, and half the bytes.
    private static double? Round(double? value)
    {
        if (value is not { } number || number == 0 || !double.IsFinite(number))
        {
            return value is { } zero && double.IsFinite(zero) ? zero : null;
        }

        var scale = Math.Pow(10, 3 - Math.Floor(Math.Log10(Math.Abs(number))));
        return Math.Round(number * scale) / scale;
    }
}
