using Actors.Tracing;

namespace Actors.Analytics.Export;

/// <summary>What a column of an exported file holds.</summary>
internal enum ExportType
{
    Text,
    Json,
    Texts,
    Whole,
    Number,
    Money,
    Flag,
    Time,
}

/// <summary>A column of an exported file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Value">The value of a row: string, list of strings, long, double, decimal, bool or instant; null: none.</param>
internal sealed record ExportColumn<T>(string Name, ExportType Type, Func<T, object?> Value);

/// <summary>The columns of exported lists, in their order.</summary>
internal static class ExportColumns
{
    /// <summary>Of traces.</summary>
    public static IReadOnlyList<ExportColumn<TraceRecord>> Traces { get; } =
    [
        new("id", ExportType.Text, t => t.Id),
        new("timestamp", ExportType.Time, t => t.Timestamp),
        new("name", ExportType.Text, t => t.Name),
        new("user_id", ExportType.Text, t => t.UserId),
        new("session_id", ExportType.Text, t => t.SessionId),
        new("environment", ExportType.Text, t => t.Environment),
        new("release", ExportType.Text, t => t.Release),
        new("version", ExportType.Text, t => t.Version),
        new("tags", ExportType.Texts, t => t.Tags),
        new("public", ExportType.Flag, t => t.Public),
        new("level", ExportType.Text, t => t.Summary.Level.ToWire()),
        new("latency_ms", ExportType.Number, t => t.Summary.Latency?.TotalMilliseconds),
        new("observations", ExportType.Whole, t => (long)t.Summary.Observations),
        new("errors", ExportType.Whole, t => (long)t.Summary.Errors),
        new("warnings", ExportType.Whole, t => (long)t.Summary.Warnings),
        new("models", ExportType.Texts, t => t.Summary.Models),
        new("input_tokens", ExportType.Whole, t => t.Summary.InputTokens),
        new("output_tokens", ExportType.Whole, t => t.Summary.OutputTokens),
        new("total_tokens", ExportType.Whole, t => t.Summary.TotalTokens),
        new("cost_usd", ExportType.Money, t => t.Summary.CostUsd),
        new("scores", ExportType.Whole, t => (long)t.Summary.Scores),
        new("input", ExportType.Json, t => t.Input),
        new("output", ExportType.Json, t => t.Output),
        new("metadata", ExportType.Json, t => t.Metadata),
    ];

    /// <summary>Of observations.</summary>
    public static IReadOnlyList<ExportColumn<ObservationRecord>> Observations { get; } =
    [
        new("id", ExportType.Text, o => o.Id),
        new("trace_id", ExportType.Text, o => o.TraceId),
        new("parent_observation_id", ExportType.Text, o => o.ParentObservationId),
        new("type", ExportType.Text, o => o.Type.ToWire()),
        new("name", ExportType.Text, o => o.Name),
        new("start_time", ExportType.Time, o => o.StartTime),
        new("end_time", ExportType.Time, o => o.EndTime),
        new("environment", ExportType.Text, o => o.Environment),
        new("level", ExportType.Text, o => o.Level.ToWire()),
        new("status_message", ExportType.Text, o => o.StatusMessage),
        new("version", ExportType.Text, o => o.Version),
        new("model", ExportType.Text, o => o.Model),
        new("model_parameters", ExportType.Json, o => o.ModelParameters),
        new("prompt_name", ExportType.Text, o => o.PromptName),
        new("prompt_version", ExportType.Whole, o => (long?)o.PromptVersion),
        new("latency_ms", ExportType.Number, o => o.Latency?.TotalMilliseconds),
        new("time_to_first_token_ms", ExportType.Number, o => o.TimeToFirstToken?.TotalMilliseconds),
        new("input_tokens", ExportType.Whole, o => o.InputTokens),
        new("output_tokens", ExportType.Whole, o => o.OutputTokens),
        new("total_tokens", ExportType.Whole, o => o.TotalTokens),
        new("cost_usd", ExportType.Money, o => o.Cost.TotalUsd),
        new("input", ExportType.Json, o => o.Input),
        new("output", ExportType.Json, o => o.Output),
        new("metadata", ExportType.Json, o => o.Metadata),
    ];
}
