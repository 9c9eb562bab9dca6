using Actors.Tracing;

namespace Actors.Grains.Tracing;

/// <summary>Finishes an observation: defaults, the end that may not be before the start, usage and cost.</summary>
internal static class ObservationRecords
{
    public static ObservationRecord ToRecord(string traceId, ObservationState state, ObservationPricing pricing)
    {
        var (usage, cost) = pricing.Price(state);
        return ToRecord(traceId, state, usage, cost);
    }

    private static ObservationRecord ToRecord(string traceId, ObservationState state, IReadOnlyList<UsageEntry> usage, ObservationCost cost) => new()
    {
        Id = state.Id,
        TraceId = traceId,
        ParentObservationId = state.ParentObservationId,
        Type = state.Type,
        Name = state.Name,
        StartTime = state.StartTime,
        EndTime = state.EndTime < state.StartTime ? state.StartTime : state.EndTime,
        CompletionStartTime = state.CompletionStartTime,
        Environment = state.Environment ?? StreamFold.DefaultEnvironment,
        Level = state.Level,
        StatusMessage = state.StatusMessage,
        Version = state.Version,
        Model = state.Model,
        ModelParameters = state.ModelParameters,
        Metadata = state.Metadata,
        Input = state.Input,
        Output = state.Output,
        PromptName = state.PromptName,
        PromptVersion = state.PromptVersion,
        Usage = usage,
        UsageUnit = state.UsageUnit,
        Cost = cost,
        CreatedAt = state.CreatedAt,
        UpdatedAt = state.UpdatedAt,
        Experiment = state.Experiment,
        IsAppRoot = state.IsAppRoot,
    };
}
