using System.Text.Json.Serialization;

namespace Actors.Contracts;

/// <summary>The usual body of an error.</summary>
/// <param name="Message">What went wrong, for people.</param>
/// <param name="Error">The kind, for example <c>LangfuseNotFoundError</c>; left out where the contract has none.</param>
public sealed record ErrorBody(
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error = null);

/// <summary>The answer (400) to a request with wrong parameters.</summary>
/// <param name="Message">Always <c>Invalid request data</c>.</param>
/// <param name="Error">What is wrong.</param>
public sealed record InvalidRequestBody(string Message, IReadOnlyList<RequestIssue> Error);

/// <summary>The body of an error of the routes under <c>/api/public/unstable</c>.</summary>
/// <param name="Message">What went wrong, for people.</param>
/// <param name="Code">The kind, for example <c>resource_not_found</c>.</param>
/// <param name="Details">More of it; left out where there is none.</param>
public sealed record CodedErrorBody(
    string Message,
    string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CodedErrorDetails? Details = null);

/// <summary>What is wrong with a request.</summary>
/// <param name="Issues">Each with its place.</param>
public sealed record CodedErrorDetails(IReadOnlyList<RequestIssue> Issues);

/// <summary>The answer (429) to a caller that sends faster than it is stored or allowed.</summary>
/// <param name="Message">What to do.</param>
/// <param name="Code">Always <c>rate_limited</c>.</param>
/// <param name="Details">When to try again.</param>
public sealed record RateLimitBody(string Message, string Code, RateLimitDetails Details);

/// <summary>When to try again.</summary>
/// <param name="RetryAfterSeconds">Seconds to wait, at least 1.</param>
/// <param name="Limit">The limit that was reached: bytes under way at once, or scores a minute of a public key or an address.</param>
/// <param name="Remaining">What is left of it.</param>
/// <param name="ResetAt">When a try makes sense again.</param>
public sealed record RateLimitDetails(int RetryAfterSeconds, long Limit, long Remaining, DateTimeOffset ResetAt);

/// <summary>An error of the OpenTelemetry endpoint.</summary>
/// <param name="Error">What went wrong.</param>
public sealed record OtlpError(string Error);

/// <summary>The answer of the OpenTelemetry endpoint in JSON (OTLP 1.x, ExportTraceServiceResponse).</summary>
/// <param name="PartialSuccess">Left out when all spans were accepted.</param>
public sealed record OtlpResponse(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] OtlpPartialSuccess? PartialSuccess);

/// <summary>The spans that were refused. Clients do not send them again.</summary>
/// <param name="RejectedSpans">How many, as decimal text (int64 in protobuf JSON).</param>
/// <param name="ErrorMessage">Why.</param>
public sealed record OtlpPartialSuccess(string RejectedSpans, string ErrorMessage);
