using Actors.Tracing;

namespace Actors.Web.Api.Experiments;

/// <summary>What became of one item in an experiment, from whichever side it is known.</summary>
internal sealed record ExperimentItem
{
    public required string TraceId { get; init; }

    /// <summary>The observation that stands for it; null: its whole trace does.</summary>
    public string? ObservationId { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    public ObservationLevel Level { get; init; } = ObservationLevel.Default;

    public string Environment { get; init; } = "default";

    public required ExperimentLink Experiment { get; init; }

    /// <summary>JSON text; null: none, or not asked for.</summary>
    public string? Input { get; init; }

    /// <summary>JSON text; null: none, or not asked for.</summary>
    public string? Output { get; init; }

    /// <summary>JSON text of an object; null: none, or not asked for.</summary>
    public string? Metadata { get; init; }

    public static ExperimentItem Of(ObservationRecord observation, ExperimentLink experiment) => new()
    {
        TraceId = observation.TraceId,
        ObservationId = observation.Id,
        StartTime = observation.StartTime,
        EndTime = observation.EndTime,
        Level = observation.Level,
        Environment = observation.Environment,
        Experiment = experiment,
        Input = observation.Input,
        Output = observation.Output,
        Metadata = observation.Metadata,
    };

    public static ExperimentItem Of(TraceRecord trace, ExperimentLink experiment) => new()
    {
        TraceId = trace.Id,
        StartTime = trace.Timestamp,
        EndTime = trace.Summary.Running == 0 ? trace.Timestamp + trace.Summary.Latency : null,
        Level = trace.Summary.Level,
        Environment = trace.Environment,
        Experiment = experiment,
        Input = trace.Input,
        Output = trace.Output,
        Metadata = trace.Metadata,
    };
}
