using System.Collections.Frozen;
using Actors.Tracing;

namespace Actors.Web.Otlp;

/// <summary>Finds the level of an observation (langfuse-semantics §4.2).</summary>
internal static class LevelReader
{
    // What LiveKit does between hearing and answering: many spans that matter to its own developers.
    private static readonly FrozenSet<string> LiveKitPlumbing = FrozenSet.Create(
        StringComparer.Ordinal,
        "start_agent_activity", "drain_agent_activity", "on_enter", "on_exit",
        "user_speaking", "agent_speaking", "eou_detection",
        "llm_request_run", "llm_fallback_adapter",
        "tts_node", "tts_request", "tts_request_run", "tts_stream_adapter", "tts_fallback_adapter");

    public static ObservationLevel Read(SpanSource source) =>
        source.Attributes.Text(OtlpAttributes.ObservationLevel)?.ToUpperInvariant() switch
        {
            "DEBUG" or "TRACE" or "VERBOSE" => ObservationLevel.Debug,
            "DEFAULT" or "INFO" or "LOG" or "NOTICE" or "OK" or "SUCCESS" => ObservationLevel.Default,
            "WARN" or "WARNING" => ObservationLevel.Warning,
            "ERROR" or "FATAL" or "CRITICAL" => ObservationLevel.Error,
            _ when source.Span.IsError => ObservationLevel.Error,
            _ when IsLiveKit(source) && LiveKitPlumbing.Contains(source.Span.Name) => ObservationLevel.Debug,
            _ => ObservationLevel.Default,
        };

    private static bool IsLiveKit(SpanSource source) =>
        source.Scope.Name.StartsWith("livekit", StringComparison.Ordinal)
        || source.Attributes.Below(OtlpAttributes.LiveKitPrefix).Any();
}
