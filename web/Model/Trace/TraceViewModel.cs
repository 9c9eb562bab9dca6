using Actors.Tracing;
using Actors.Web.Model.Json;

namespace Actors.Web.Model.Trace;

/// <summary>A trace as its page shows it: the waterfall, and what stands behind each of its lines.</summary>
public sealed class TraceViewModel
{
    /// <summary>The id of the line that stands for the trace itself. Observations cannot have it.</summary>
    public const string RootId = "";

    private readonly Dictionary<string, ObservationRecord> _observations;
    private readonly ILookup<string, ScoreRecord> _scores;

    private TraceViewModel(TraceRecord trace, StreamDocument document)
    {
        Trace = trace;
        Version = document.Version;
        _observations = document.Observations.DistinctBy(o => o.Id).ToDictionary(o => o.Id);
        _scores = document.Scores.ToLookup(s => s.ObservationId ?? RootId);
        Tree = WaterfallTree.Build(RootOf(trace, document.Observations), [.. document.Observations.Select(SpanOf)]);
        ScoreCount = document.Scores.Count;
    }

    /// <summary>The trace.</summary>
    public TraceRecord Trace { get; }

    /// <summary>The version of the stream that is shown.</summary>
    public long Version { get; }

    /// <summary>Its spans in reading order.</summary>
    public WaterfallTree Tree { get; }

    /// <summary>Scores on the trace and its observations.</summary>
    public int ScoreCount { get; }

    /// <summary>Something in it has begun and not ended.</summary>
    public bool Running => Trace.Summary.Running > 0;

    /// <summary>Builds the view; null when the stream is no visible trace.</summary>
    public static TraceViewModel? Of(StreamDocument? document) =>
        document?.Trace is { } trace ? new TraceViewModel(trace, document) : null;

    /// <summary>The observation behind a line; null for the trace and for unknown ids.</summary>
    public ObservationRecord? Observation(string? id) => id is not null ? _observations.GetValueOrDefault(id) : null;

    /// <summary>The scores of a line.</summary>
    public IEnumerable<ScoreRecord> Scores(string? id) => _scores[id ?? RootId];

    /// <summary>Every score, for the trace as a whole.</summary>
    public IEnumerable<ScoreRecord> AllScores => _scores.SelectMany(s => s);

    /// <summary>
    /// The call of a model that a generation goes on from: the last one before it of the same agent, or of the whole trace when
    /// no agent is above it; null: it is the first.
    /// </summary>
    public ObservationRecord? PreviousCall(ObservationRecord generation)
    {
        if (generation.Type != ObservationType.Generation || Tree.Find(generation.Id) is var line && line < 0)
            return null;
        var agent = AgentOf(line);
        return _observations.Values
            .Where(o => o.Type == ObservationType.Generation && o.Id != generation.Id
                && (o.StartTime, o.Id).CompareTo((generation.StartTime, generation.Id)) < 0 && AgentOf(Tree.Find(o.Id)) == agent)
            .MaxBy(o => (o.StartTime, o.Id));
    }

    /// <summary>What a line of the log says: why it failed, else what came out, else what went in.</summary>
    public string MessageOf(string id, int length)
    {
        var observation = Observation(id);
        return observation switch
        {
            null => "",
            { StatusMessage: { Length: > 0 } status } => JsonText.OneLine(status, length),
            { Output: { Length: > 0 } output } => JsonText.Preview(output, length),
            _ => JsonText.Preview(observation.Input, length),
        };
    }

    /// <summary>The CSS word for a type.</summary>
    public static string KindOf(ObservationType type) => type switch
    {
        ObservationType.Generation => "generation",
        ObservationType.Event => "event",
        ObservationType.Agent => "agent",
        ObservationType.Tool => "tool",
        ObservationType.Chain => "chain",
        ObservationType.Retriever => "retriever",
        ObservationType.Evaluator => "evaluator",
        ObservationType.Embedding => "embedding",
        ObservationType.Guardrail => "guardrail",
        _ => "span",
    };

    /// <summary>Output tokens per second after the first token, or over the whole call when that moment is unknown.</summary>
    public static double? TokensPerSecond(ObservationRecord observation)
    {
        if (observation.EndTime is not { } end || observation.OutputTokens <= 0)
            return null;
        var seconds = (end - (observation.CompletionStartTime ?? observation.StartTime)).TotalSeconds;
        return seconds > 0.01 ? observation.OutputTokens / seconds : null;
    }

    private int AgentOf(int line)
    {
        while (line > 0 && Tree.Lines[line].Span.Kind != "agent")
            line = Tree.Lines[line].Parent;
        return line;
    }

    private static WaterfallSpan RootOf(TraceRecord trace, IReadOnlyList<ObservationRecord> observations)
    {
        var start = observations.Select(o => o.StartTime).Append(trace.Timestamp).Min();
        DateTimeOffset? end = trace.Summary.Running > 0
            ? null
            : observations.Select(o => o.EndTime ?? o.StartTime).Append(trace.Timestamp).Max();
        var note = trace.Summary.TotalTokens > 0 ? $"{Format.Count(trace.Summary.TotalTokens)} tok" : null;
        return new WaterfallSpan(RootId, null, trace.Name ?? "unnamed", "trace", start, end, Note: note);
    }

    private static WaterfallSpan SpanOf(ObservationRecord o) => new(
        o.Id, o.ParentObservationId, o.Name ?? o.Type.ToWire().ToLowerInvariant(), KindOf(o.Type), o.StartTime, o.EndTime,
        o.CompletionStartTime, o.Level.ToWire(), o.TotalTokens > 0 ? $"{Format.Count(o.TotalTokens)} tok" : null, o.Cost.TotalUsd, o.TotalTokens);
}
