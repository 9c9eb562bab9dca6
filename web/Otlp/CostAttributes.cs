using Actors.Tracing;
using Actors.Web.Ingestion;

namespace Actors.Web.Otlp;

/// <summary>Finds the cost that a client computed itself (langfuse-semantics §4.2). What is no number counts as not said.</summary>
internal static class CostAttributes
{
    public static IReadOnlyList<CostEntry> Read(SpanSource source)
    {
        var cost = new List<CostEntry>();
        if (source.Attributes.Json(OtlpAttributes.CostDetails) is ['{', ..] details)
        {
            _ = UsageShapes.ReadCost(UsageReader.Read(details), cost);
            return cost.Count > UsageShapes.MaxEntries ? cost[..UsageShapes.MaxEntries] : cost;
        }

        var total = source.Attributes.Get(OtlpAttributes.UsageCost).Number ?? source.Attributes.Get(OtlpAttributes.LlmCostTotal).Number;
        if (total is { } number)
        {
            _ = UsageShapes.ReadCost([new UsageProperty(UsageShapes.Total, null, number, null, IsNull: false, null)], cost);
        }

        return cost;
    }
}
