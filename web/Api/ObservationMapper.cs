using Actors.Contracts;
using Actors.Tracing;

namespace Actors.Web.Api;

/// <summary>Observations in the shapes of the contract (langfuse-api §4.1).</summary>
internal static class ObservationMapper
{
    public static ObservationBody ToWire(this ObservationRecord observation, ProjectId project)
    {
        var unit = observation.UsageUnit ?? "TOKENS";
        var cost = observation.Cost;
        var (input, output, total) = (observation.InputTokens, observation.OutputTokens, observation.TotalTokens);
        return new ObservationBody
        {
            Id = observation.Id,
            ProjectId = project.Value,
            TraceId = observation.TraceId,
            ParentObservationId = observation.ParentObservationId,
            Name = observation.Name,
            Type = observation.Type.ToWire(),
            Environment = observation.Environment,
            StartTime = observation.StartTime,
            EndTime = observation.EndTime,
            Version = observation.Version,
            CreatedAt = observation.CreatedAt,
            UpdatedAt = observation.UpdatedAt,
            Input = StoredJson.Value(observation.Input),
            Output = StoredJson.Value(observation.Output),
            Metadata = StoredJson.Metadata(observation.Metadata),
            Level = observation.Level.ToWire(),
            StatusMessage = observation.StatusMessage,
            Model = observation.Model,
            ModelParameters = RawJson.OrNull(observation.ModelParameters),
            CompletionStartTime = observation.CompletionStartTime,
            PromptName = observation.PromptName,
            PromptVersion = observation.PromptVersion,
            UsageDetails = Units(observation.Usage),
            CostDetails = Costs(cost.Details),
            Usage = new UsageBody(unit, input, output, total),
            Unit = unit,
            PromptTokens = input,
            CompletionTokens = output,
            TotalTokens = total,
            UsagePricingTierName = cost.TierName,
            UsagePricingTierId = cost.TierId,
            ModelId = cost.ModelId,
            InputPrice = WireNumbers.Trim(cost.InputPrice),
            OutputPrice = WireNumbers.Trim(cost.OutputPrice),
            TotalPrice = WireNumbers.Trim(cost.TotalPrice),
            CalculatedInputCost = SumOf(cost.Details, "input"),
            CalculatedOutputCost = SumOf(cost.Details, "output"),
            CalculatedTotalCost = WireNumbers.Trim(cost.TotalUsd),
            Latency = WireNumbers.Seconds(observation.Latency),
            TimeToFirstToken = WireNumbers.Seconds(observation.TimeToFirstToken),
        };
    }

    private static Dictionary<string, long> Units(IReadOnlyList<UsageEntry> usage)
    {
        var units = new Dictionary<string, long>(usage.Count);
        foreach (var entry in usage)
        {
            units[entry.Key] = entry.Units;
        }

        return units;
    }

    private static Dictionary<string, decimal> Costs(IReadOnlyList<CostEntry> details)
    {
        var costs = new Dictionary<string, decimal>(details.Count);
        foreach (var entry in details)
        {
            costs[entry.Key] = WireNumbers.Trim(entry.CostUsd);
        }

        return costs;
    }

    private static decimal? SumOf(IReadOnlyList<CostEntry> details, string part)
    {
        decimal? sum = null;
        foreach (var entry in details)
        {
            if (entry.Key.Contains(part, StringComparison.OrdinalIgnoreCase))
            {
                sum = (sum ?? 0) + entry.CostUsd;
            }
        }

        return WireNumbers.Trim(sum);
    }
}
