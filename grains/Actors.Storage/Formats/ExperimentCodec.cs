using Actors.Storage.Formats.V1;
using Actors.Tracing;

namespace Actors.Storage.Formats;

/// <summary>Maps an experiment link to its two stored halves and back.</summary>
internal static class ExperimentCodec
{
    public static ExperimentHead? EncodeHead(ExperimentLink? link)
    {
        if (link?.WithoutText() is not { } facts)
        {
            return null;
        }

        var head = new ExperimentHead();
        if (facts.Id is not null) head.Id = facts.Id;
        if (facts.Name is not null) head.Name = facts.Name;
        if (facts.DatasetId is not null) head.DatasetId = facts.DatasetId;
        if (facts.ItemId is not null) head.ItemId = facts.ItemId;
        if (facts.ItemVersion is { } version) head.ItemVersion = version.ToUnixTimeMilliseconds();
        if (facts.ItemRootObservationId is not null) head.ItemRootObservationId = facts.ItemRootObservationId;
        return head;
    }

    public static ExperimentBody? EncodeBody(ExperimentLink? link)
    {
        if (link is null or { Description: null, Metadata: null, ItemMetadata: null, ItemExpectedOutput: null })
        {
            return null;
        }

        var body = new ExperimentBody();
        if (link.Description is not null) body.Description = link.Description;
        if (link.Metadata is not null) body.Metadata = link.Metadata;
        if (link.ItemMetadata is not null) body.ItemMetadata = link.ItemMetadata;
        if (link.ItemExpectedOutput is not null) body.ItemExpectedOutput = link.ItemExpectedOutput;
        return body;
    }

    public static ExperimentLink? Decode(ExperimentHead? head, ExperimentBody? body) => head is null && body is null ? null : new()
    {
        Id = head is { HasId: true } ? head.Id : null,
        Name = head is { HasName: true } ? head.Name : null,
        Description = body is { HasDescription: true } ? body.Description : null,
        Metadata = body is { HasMetadata: true } ? body.Metadata : null,
        DatasetId = head is { HasDatasetId: true } ? head.DatasetId : null,
        ItemId = head is { HasItemId: true } ? head.ItemId : null,
        ItemVersion = head is { HasItemVersion: true } ? DateTimeOffset.FromUnixTimeMilliseconds(head.ItemVersion) : null,
        ItemMetadata = body is { HasItemMetadata: true } ? body.ItemMetadata : null,
        ItemRootObservationId = head is { HasItemRootObservationId: true } ? head.ItemRootObservationId : null,
        ItemExpectedOutput = body is { HasItemExpectedOutput: true } ? body.ItemExpectedOutput : null,
    };
}
