using System.Data.Common;
using Actors.Tracing;

namespace Actors.Analytics.Queries;

/// <summary>The columns of an <see cref="ObservationRecord"/> in the order in which they are read.</summary>
internal static class ObservationColumns
{
    private static readonly Sql.Fragment Leading = new("""
        id, trace_id, parent_observation_id, type, name, start_time, end_time, completion_start_time, environment, level,
        status_message, version, model, model_parameters
        """);

    private static readonly Sql.Fragment Trailing = new("""
        prompt_name, prompt_version,
        usage_keys, usage_units, usage_unit, cost_keys, cost_parts_usd, cost_usd, cost_model_id, cost_tier_id,
        cost_tier_name, input_price, output_price, total_price, created_at, updated_at, is_app_root,
        experiment_id, experiment_name, experiment_description, experiment_metadata, experiment_dataset_id,
        experiment_item_id, experiment_item_version, experiment_item_metadata, experiment_item_root_observation_id,
        experiment_item_expected_output
        """);

    /// <summary>Writes the columns; text that is not wanted is not read from the file. <paramref name="textLimit"/>: characters of each text; null: all.</summary>
    public static void Write(Sql sql, bool withMetadata, bool withIo, int? textLimit)
    {
        sql.Append($"{Leading},");
        WriteText(sql, "metadata", withMetadata, textLimit);
        sql.Append($",");
        WriteText(sql, "input", withIo, textLimit);
        sql.Append($",");
        WriteText(sql, "output", withIo, textLimit);
        sql.Append($", {Trailing}");
    }

    private static void WriteText(Sql sql, string column, bool wanted, int? limit)
    {
        var text = new Sql.Fragment(wanted ? column : "NULL");
        if (wanted && limit is { } most)
        {
            sql.Append($"left({text}, {most})");
        }
        else
        {
            sql.Append($"{text}");
        }
    }

    public static ObservationRecord Read(DbDataReader row) => new()
    {
        Id = row.Text(0),
        TraceId = row.Text(1),
        ParentObservationId = row.TextOrNull(2),
        Type = (ObservationType)row.GetByte(3),
        Name = row.TextOrNull(4),
        StartTime = row.Time(5),
        EndTime = row.TimeOrNull(6),
        CompletionStartTime = row.TimeOrNull(7),
        Environment = row.Text(8),
        Level = (ObservationLevel)row.GetByte(9),
        StatusMessage = row.TextOrNull(10),
        Version = row.TextOrNull(11),
        Model = row.TextOrNull(12),
        ModelParameters = row.TextOrNull(13),
        Metadata = row.TextOrNull(14),
        Input = row.TextOrNull(15),
        Output = row.TextOrNull(16),
        PromptName = row.TextOrNull(17),
        PromptVersion = row.IntOrNull(18),
        Usage = row.Pairs<long, UsageEntry>(19, 20, static (key, units) => new UsageEntry(key, units)),
        UsageUnit = row.TextOrNull(21),
        Cost = ReadCost(row, 22),
        CreatedAt = row.Time(31),
        UpdatedAt = row.Time(32),
        IsAppRoot = row.GetBoolean(33),
        Experiment = ReadExperiment(row, 34),
    };

    private static ExperimentLink? ReadExperiment(DbDataReader row, int i)
    {
        var link = new ExperimentLink
        {
            Id = row.TextOrNull(i),
            Name = row.TextOrNull(i + 1),
            Description = row.TextOrNull(i + 2),
            Metadata = row.TextOrNull(i + 3),
            DatasetId = row.TextOrNull(i + 4),
            ItemId = row.TextOrNull(i + 5),
            ItemVersion = row.TimeOrNull(i + 6),
            ItemMetadata = row.TextOrNull(i + 7),
            ItemRootObservationId = row.TextOrNull(i + 8),
            ItemExpectedOutput = row.TextOrNull(i + 9),
        };
        return link == new ExperimentLink() ? null : link;
    }

    private static ObservationCost ReadCost(DbDataReader row, int i) => new()
    {
        Details = row.Pairs<decimal, CostEntry>(i, i + 1, static (key, usd) => new CostEntry(key, RowRead.Trim(usd))),
        TotalUsd = row.MoneyOrNull(i + 2),
        ModelId = row.TextOrNull(i + 3),
        TierId = row.TextOrNull(i + 4),
        TierName = row.TextOrNull(i + 5),
        InputPrice = row.MoneyOrNull(i + 6),
        OutputPrice = row.MoneyOrNull(i + 7),
        TotalPrice = row.MoneyOrNull(i + 8),
    };
}
