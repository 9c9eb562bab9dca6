using Actors.Contracts;
using Actors.Datasets;

namespace Actors.Web.Api;

/// <summary>Turns datasets, runs and links into what crosses the wire.</summary>
internal static class DatasetWire
{
    public static DatasetBody ToWire(this DatasetRecord dataset, ProjectId project) => new()
    {
        Id = dataset.Id,
        ProjectId = project.Value,
        Name = dataset.Name,
        Description = dataset.Description,
        Metadata = RawJson.OrNull(dataset.Metadata),
        InputSchema = RawJson.OrNull(dataset.InputSchema),
        ExpectedOutputSchema = RawJson.OrNull(dataset.ExpectedOutputSchema),
        CreatedAt = dataset.CreatedAt,
        UpdatedAt = dataset.UpdatedAt,
    };

    public static DatasetNamesBody ToWire(this DatasetRecord dataset, ProjectId project, DatasetContents contents) => new()
    {
        Id = dataset.Id,
        ProjectId = project.Value,
        Name = dataset.Name,
        Description = dataset.Description,
        Metadata = RawJson.OrNull(dataset.Metadata),
        InputSchema = RawJson.OrNull(dataset.InputSchema),
        ExpectedOutputSchema = RawJson.OrNull(dataset.ExpectedOutputSchema),
        CreatedAt = dataset.CreatedAt,
        UpdatedAt = dataset.UpdatedAt,
        Items = contents.ItemIds,
        Runs = contents.RunNames,
    };

    public static DatasetDetailBody ToWire(
        this DatasetRecord dataset, ProjectId project, IReadOnlyList<DatasetItemBody> items, IReadOnlyList<string> runs) => new()
    {
        Id = dataset.Id,
        ProjectId = project.Value,
        Name = dataset.Name,
        Description = dataset.Description,
        Metadata = RawJson.OrNull(dataset.Metadata),
        InputSchema = RawJson.OrNull(dataset.InputSchema),
        ExpectedOutputSchema = RawJson.OrNull(dataset.ExpectedOutputSchema),
        CreatedAt = dataset.CreatedAt,
        UpdatedAt = dataset.UpdatedAt,
        Items = items,
        Runs = runs,
    };

    public static DatasetItemBody ToWire(this DatasetItemRecord item, IReadOnlyList<MediaReferenceBody> media) => new()
    {
        Id = item.Id,
        DatasetId = item.DatasetId,
        DatasetName = item.DatasetName,
        Status = item.Status == DatasetItemStatus.Active ? "ACTIVE" : "ARCHIVED",
        Input = RawJson.OrNull(item.Input),
        ExpectedOutput = RawJson.OrNull(item.ExpectedOutput),
        Metadata = RawJson.OrNull(item.Metadata),
        SourceTraceId = item.SourceTraceId,
        SourceObservationId = item.SourceObservationId,
        CreatedAt = item.CreatedAt,
        UpdatedAt = item.UpdatedAt,
        MediaReferences = media,
    };

    public static DatasetRunBody ToWire(this DatasetRunRecord run) => new()
    {
        Id = run.Id,
        Name = run.Name,
        Description = run.Description,
        Metadata = RawJson.OrNull(run.Metadata),
        DatasetId = run.DatasetId,
        DatasetName = run.DatasetName,
        CreatedAt = run.CreatedAt,
        UpdatedAt = run.UpdatedAt,
    };

    public static DatasetRunDetailBody ToWire(this DatasetRunRecord run, IReadOnlyList<DatasetRunItemBody> items) => new()
    {
        Id = run.Id,
        Name = run.Name,
        Description = run.Description,
        Metadata = RawJson.OrNull(run.Metadata),
        DatasetId = run.DatasetId,
        DatasetName = run.DatasetName,
        CreatedAt = run.CreatedAt,
        UpdatedAt = run.UpdatedAt,
        DatasetRunItems = items,
    };

    public static DatasetRunItemBody ToWire(this DatasetRunItemRecord link) => new(
        link.Id, link.RunId, link.RunName, link.ItemId, link.TraceId, link.ObservationId, link.CreatedAt, link.UpdatedAt);
}
