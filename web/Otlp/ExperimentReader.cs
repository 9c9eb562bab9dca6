using System.Text;
using Actors.Tracing;
using Actors.Web.Ingestion;

namespace Actors.Web.Otlp;

/// <summary>Finds the experiment that a span is part of (langfuse-semantics §4.2).</summary>
internal static class ExperimentReader
{
    /// <summary>What the span says of its experiment; null: nothing.</summary>
    public static ExperimentLink? Read(OtlpAttributeSet attributes)
    {
        var link = new ExperimentLink
        {
            Id = attributes.Text(OtlpAttributes.ExperimentId),
            Name = attributes.Text(OtlpAttributes.ExperimentName),
            Description = attributes.Text(OtlpAttributes.ExperimentDescription),
            Metadata = attributes.Json(OtlpAttributes.ExperimentMetadata),
            DatasetId = attributes.Text(OtlpAttributes.ExperimentDatasetId),
            ItemId = attributes.Text(OtlpAttributes.ExperimentItemId),
            ItemVersion = ItemVersion(attributes),
            ItemMetadata = attributes.Json(OtlpAttributes.ExperimentItemMetadata),
            ItemRootObservationId = attributes.Text(OtlpAttributes.ExperimentItemRootObservationId),
            ItemExpectedOutput = attributes.Json(OtlpAttributes.ExperimentItemExpectedOutput),
        };
        return link == new ExperimentLink() ? null : link;
    }

    private static DateTimeOffset? ItemVersion(OtlpAttributeSet attributes)
    {
        if (attributes.Text(OtlpAttributes.ExperimentItemVersion) is not { } text)
        {
            return null;
        }

        // A day alone is its first moment.
        var time = text.Length == "2026-01-05".Length ? text + "T00:00Z" : text;
        return IsoTime.TryParse(Encoding.UTF8.GetBytes(time), out var version) ? version : null;
    }
}
