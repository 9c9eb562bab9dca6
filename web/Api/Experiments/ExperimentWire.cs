using System.Text.Json;
using Actors.Contracts;
using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Api.Scores;
using static Actors.Web.Api.Experiments.ExperimentItemFieldGroups;

namespace Actors.Web.Api.Experiments;

/// <summary>Experiments and their items with the groups that were asked for (langfuse-api §10).</summary>
internal static class ExperimentWire
{
    /// <summary>An experiment; without scores when these were not asked for.</summary>
    public static ExperimentBody ToWire(this ExperimentRecord experiment, ExperimentFieldGroups groups, IReadOnlyList<ScoreV3Body>? scores) => new()
    {
        Id = experiment.Id,
        Name = experiment.Name ?? "",
        Description = experiment.Description,
        StartTime = experiment.StartTime,
        EndTime = experiment.EndTime,
        ItemCount = experiment.ItemCount,
        DatasetId = experiment.DatasetId,
        Metadata = groups.HasFlag(ExperimentFieldGroups.Metadata) ? ObjectOrNull(experiment.Metadata) : default,
        Scores = scores,
    };

    /// <summary>An item; without scores when these were not asked for.</summary>
    public static ExperimentItemBody ToWire(this ExperimentItem item, ExperimentItemFieldGroups groups, IReadOnlyList<ScoreV3Body>? scores)
    {
        var experiment = item.Experiment;
        RawJson If(ExperimentItemFieldGroups group, Func<RawJson> value) => groups.HasFlag(group) ? value() : default;
        return new ExperimentItemBody
        {
            Id = item.ObservationId ?? item.TraceId,
            TraceId = item.TraceId,
            StartTime = item.StartTime,
            EndTime = item.EndTime,
            Level = item.Level.ToWire(),
            Environment = item.Environment,
            ExperimentId = experiment.Id!,
            ExperimentName = experiment.Name ?? "",
            ExperimentItemId = experiment.ItemId!,
            ExperimentDatasetId = If(Dataset, () => StoredJson.Quote(experiment.DatasetId)),
            ExperimentItemVersion = If(Dataset, () => StoredJson.Quote(experiment.ItemVersion is { } version ? WireTime.ToText(version) : null)),
            Input = If(Io, () => StoredJson.Quote(PlainText.Of(item.Input))),
            Output = If(Io, () => StoredJson.Quote(PlainText.Of(item.Output))),
            ExpectedOutput = If(Io, () => StoredJson.Quote(PlainText.Of(experiment.ItemExpectedOutput))),
            Metadata = If(Metadata, () => StoredJson.Metadata(item.Metadata)),
            ExperimentItemMetadata = If(ItemMetadata, () => ObjectOrNull(experiment.ItemMetadata)),
            ExperimentMetadata = If(ExperimentMetadata, () => ObjectOrNull(experiment.Metadata)),
            ExperimentDescription = If(ExperimentMetadata, () => StoredJson.Quote(experiment.Description)),
            Scores = scores,
        };
    }

    /// <summary>Scores with what they are about.</summary>
    public static IReadOnlyList<ScoreV3Body> ToWire(this IEnumerable<ScoreRecord> scores, ProjectId project) =>
        [.. scores.Select(s => s.ToV3(project, ScoreFieldGroups.Subject))];

    // Readers are promised an object. Values keep their types here: nobody has taken them apart.
    private static RawJson ObjectOrNull(string? json)
    {
        if (json is null or "null")
        {
            return RawJson.Null;
        }

        using var document = JsonDocument.Parse(json);
        return new RawJson(document.RootElement.ValueKind == JsonValueKind.Object ? json : $$"""{"metadata":{{json}}}""");
    }
}
