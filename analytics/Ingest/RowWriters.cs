using Actors.Tracing;
using DuckDB.NET.Data;

namespace Actors.Analytics.Ingest;

/// <summary>Writes the columns of <c>traces</c> in the order of the schema.</summary>
internal static class TraceRowWriter
{
    public static void Write(IDuckDBAppenderRow row, TraceRow trace)
    {
        var record = trace.Record;
        var summary = record.Summary;
        row.Text(record.Id).Time(record.Timestamp).Text(record.Name).Text(record.UserId).Text(record.SessionId)
            .Text(record.Release).Text(record.Version).Text(record.Environment).Flag(record.Public).Flag(record.Bookmarked).Texts(record.Tags)
            .Text(record.Metadata).Text(record.Input).Text(record.Output).Time(record.CreatedAt).Time(record.UpdatedAt)
            .Number(summary.Observations).Number(summary.Running).Number(summary.Errors).Number(summary.Warnings)
            .Code((int)summary.Level).Milliseconds(summary.Latency)
            .Number(summary.InputTokens).Number(summary.OutputTokens).Number(summary.TotalTokens).Money(summary.CostUsd)
            .Texts(summary.Models).Number(summary.Scores)
            .Number(trace.Version).Number(trace.StreamPosition).Number(trace.FirstPosition).Number(trace.LastPosition);
    }
}

/// <summary>Writes the columns of <c>observations</c> in the order of the schema.</summary>
internal static class ObservationRowWriter
{
    public static void Write(IDuckDBAppenderRow row, ObservationRow observation)
    {
        var record = observation.Record;
        var cost = record.Cost;
        var experiment = record.Experiment;
        row.Text(record.Id).Text(record.TraceId).Text(record.ParentObservationId).Code((int)record.Type).Text(record.Name)
            .Time(record.StartTime).Time(record.EndTime).Time(record.CompletionStartTime).Text(record.Environment)
            .Code((int)record.Level).Text(record.StatusMessage).Text(record.Version).Text(record.Model)
            .Text(record.ModelParameters).Text(record.Metadata).Text(record.Input).Text(record.Output)
            .Text(record.PromptName).AppendValue(record.PromptVersion)
            .Texts(record.Usage.Select(entry => entry.Key)).List(record.Usage.Select(entry => entry.Units))
            .Text(record.UsageUnit)
            .Texts(cost.Details.Select(entry => entry.Key)).List(cost.Details.Select(entry => RowAppend.Money(entry.CostUsd)))
            .Money(cost.TotalUsd).Text(cost.ModelId).Text(cost.TierId).Text(cost.TierName)
            .Price(cost.InputPrice).Price(cost.OutputPrice).Price(cost.TotalPrice)
            .Time(record.CreatedAt).Time(record.UpdatedAt).Flag(record.IsAppRoot)
            .Text(experiment?.Id).Text(experiment?.Name).Text(experiment?.Description).Text(experiment?.Metadata)
            .Text(experiment?.DatasetId).Text(experiment?.ItemId).Time(experiment?.ItemVersion).Text(experiment?.ItemMetadata)
            .Text(experiment?.ItemRootObservationId).Text(experiment?.ItemExpectedOutput)
            .Time(record.CountedAt).Flag(record.Type.CallsModel())
            .Flag(record.Type.CallsModel() && record.Usage.Count > 0 && cost.TotalUsd is null)
            .Milliseconds(record.Latency).Milliseconds(record.TimeToFirstToken)
            .Number(record.InputTokens).Number(record.OutputTokens).Number(record.TotalTokens)
            .Money(SumOf(cost, "input")).Money(SumOf(cost, "output"))
            .Texts(ToolNames.Defined(record)).Texts(ToolNames.Called(record))
            .Number(observation.StreamPosition);
    }

    private static decimal? SumOf(ObservationCost cost, string part)
    {
        decimal? sum = null;
        foreach (var entry in cost.Details)
        {
            if (entry.Key.Contains(part, StringComparison.OrdinalIgnoreCase))
            {
                // Each is bounded like in its own column, or a sum of absurd costs could overflow.
                sum = (sum ?? 0) + RowAppend.Money(entry.CostUsd);
            }
        }

        return sum;
    }
}

/// <summary>Writes the columns of <c>scores</c> in the order of the schema.</summary>
internal static class ScoreRowWriter
{
    public static void Write(IDuckDBAppenderRow row, ScoreRow score)
    {
        var record = score.Record;
        row.Text(record.Id).Text(score.Stream.Value).Text(record.TraceId).Text(record.ObservationId).Text(record.SessionId)
            .Text(record.DatasetRunId).Text(record.Name).Code((int)record.DataType).AppendValue(record.Value)
            .Text(record.StringValue).Code((int)record.Source).Text(record.Comment).Text(record.Metadata)
            .Text(record.Environment).Text(record.ConfigId).Text(record.QueueId).Text(record.AuthorUserId)
            .Text(record.ExecutionTraceId).Time(record.Timestamp).Time(record.CreatedAt).Time(record.UpdatedAt)
            .Number(score.StreamPosition);
    }
}
