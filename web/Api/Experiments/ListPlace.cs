using System.Buffers.Text;
using System.Text.Json;
using Actors.Contracts;
using Actors.Datasets;
using Actors.Queries;

namespace Actors.Web.Api.Experiments;

/// <summary>
/// A place in a list that is brought together from spans and from links to runs. Newest first; of one moment what spans say
/// comes before what is only linked, so that neither side needs to know the order of the other. Clients carry it as base64url
/// of JSON (langfuse-api §10).
/// </summary>
/// <param name="Time">The time of the last one before the place.</param>
/// <param name="IsLinked">Whether the last one is only linked.</param>
/// <param name="TraceId">The trace of an observation; else empty.</param>
/// <param name="Id">The id of the experiment, the observation or the link.</param>
internal sealed record ListPlace(DateTimeOffset Time, bool IsLinked, string TraceId, string Id)
{
    // Two ids of at most 800 characters, of which each may take six bytes in JSON.
    private const int MaxLength = 16_384;

    /// <summary>The place among experiments of spans. Behind a link it is behind all of that moment, as nothing sorts before the empty id.</summary>
    public ExperimentPlace OfExperiments => IsLinked ? new(Time, "") : new(Time, Id);

    /// <summary>The place among observations.</summary>
    public ObservationPlace OfObservations => IsLinked ? new(Time, "", "") : new(Time, TraceId, Id);

    /// <summary>The place among links.</summary>
    public RunLinkPlace OfLinks => new(Time, IsLinked ? Id : null);

    public string ToCursor() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(
        new ExperimentCursorBody(1, Time, IsLinked, TraceId, Id), ContractsJsonContext.Wire.ExperimentCursorBody));

    /// <summary>Reads a cursor; null when it is none.</summary>
    public static ListPlace? Parse(string cursor)
    {
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(cursor), ContractsJsonContext.Wire.ExperimentCursorBody)
                is { V: 1, LastTraceId: { } traceId, LastId: { } id } body
                    ? new ListPlace(body.LastTime, body.Linked, traceId, id)
                    : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
