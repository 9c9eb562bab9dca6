using Actors.Tracing;

namespace Actors.Web.Otlp;

/// <summary>Finds the level of an observation (langfuse-semantics §4.2).</summary>
internal static class LevelReader
{
    public static ObservationLevel Read(SpanSource source) =>
        source.Attributes.Text(OtlpAttributes.ObservationLevel)?.ToUpperInvariant() switch
        {
            "DEBUG" or "TRACE" or "VERBOSE" => ObservationLevel.Debug,
            "DEFAULT" or "INFO" or "LOG" or "NOTICE" or "OK" or "SUCCESS" => ObservationLevel.Default,
            "WARN" or "WARNING" => ObservationLevel.Warning,
            "ERROR" or "FATAL" or "CRITICAL" => ObservationLevel.Error,
            _ => source.Span.IsError ? ObservationLevel.Error : ObservationLevel.Default,
        };
}
