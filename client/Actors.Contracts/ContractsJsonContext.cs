using System.Text.Json.Serialization;

namespace Actors.Contracts;

/// <summary>The generated serializers of everything that crosses the wire: camel case, nulls written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(WireTime)])]
[JsonSerializable(typeof(IngestionResponse))]
[JsonSerializable(typeof(InvalidBatch))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(InvalidRequestBody))]
[JsonSerializable(typeof(RateLimitBody))]
[JsonSerializable(typeof(IReadOnlyList<RequestIssue>))]
[JsonSerializable(typeof(PageBody<TraceBody>))]
[JsonSerializable(typeof(PageBody<ObservationBody>))]
[JsonSerializable(typeof(PageBody<SessionBody>))]
[JsonSerializable(typeof(TraceDetailBody))]
[JsonSerializable(typeof(SessionDetailBody))]
[JsonSerializable(typeof(ProjectsBody))]
[JsonSerializable(typeof(HealthBody))]
[JsonSerializable(typeof(IdBody))]
[JsonSerializable(typeof(OtlpError))]
[JsonSerializable(typeof(OtlpResponse))]
public sealed partial class ContractsJsonContext : JsonSerializerContext;
