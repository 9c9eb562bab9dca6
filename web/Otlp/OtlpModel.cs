namespace Actors.Web.Otlp;

/// <summary>The spans that one scope of one resource exported (OTLP 1.x, <c>ScopeSpans</c> inside <c>ResourceSpans</c>).</summary>
internal sealed record OtlpSpanGroup(OtlpAttributeSet Resource, OtlpScope Scope, IReadOnlyList<OtlpSpan> Spans);

/// <summary>The instrumentation that made spans.</summary>
internal sealed record OtlpScope(string Name, string Version, OtlpAttributeSet Attributes)
{
    public static OtlpScope Unknown { get; } = new("", "", OtlpAttributeSet.Empty);
}

/// <summary>One span. Ids are lower-case hexadecimal; times are nanoseconds since 1970, 0 when not said.</summary>
internal sealed class OtlpSpan
{
    public required string TraceId { get; init; }

    public required string SpanId { get; init; }

    /// <summary>Null: the span has no parent.</summary>
    public string? ParentSpanId { get; init; }

    public string Name { get; init; } = "";

    public ulong Start { get; init; }

    public ulong End { get; init; }

    public required OtlpAttributeSet Attributes { get; init; }

    public IReadOnlyList<OtlpSpanEvent> Events { get; init; } = [];

    public bool IsError { get; init; }

    public string StatusMessage { get; init; } = "";

    /// <summary>Changes with the content of the span: the same span sent again has the same.</summary>
    public required string ContentHash { get; init; }
}

/// <summary>Something that happened during a span. The time is in nanoseconds since 1970, 0 when not said.</summary>
internal sealed record OtlpSpanEvent(string Name, ulong Time, OtlpAttributeSet Attributes);

/// <summary>The export cannot be read. The message is for the caller.</summary>
internal sealed class OtlpFormatException(string message) : Exception(message);
