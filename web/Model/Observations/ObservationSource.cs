using System.Globalization;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Web.Model.Observations;

/// <summary>
/// The observations of a project. They have no position of their own in the log: the list stays at the moment when it was read,
/// by the time at which the first event of each was received.
/// </summary>
/// <param name="analytics">The project's read model.</param>
public sealed class ObservationSource(IAnalyticsGrain analytics) : IListSource<ObservationLine>
{
    // What fits into a cell of the widest window.
    private const int TextLimit = 300;

    /// <summary>An observation's id is its client's and need not be unique in a project; with that of its trace it is.</summary>
    public static string IdOf(string traceId, string observationId) => string.Create(CultureInfo.InvariantCulture, $"{traceId.Length}.{traceId}{observationId}");

    /// <summary>The trace and the observation of an id; null when it is none.</summary>
    public static (string TraceId, string ObservationId)? Split(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var dot = id.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && int.TryParse(id.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length < id.Length - dot - 1
            ? (id.Substring(dot + 1, length), id[(dot + 1 + length)..])
            : null;
    }

    /// <inheritdoc/>
    public string IdOf(ObservationLine item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return IdOf(item.Observation.TraceId, item.Observation.Id);
    }

    /// <inheritdoc/>
    public bool IsMoving(ObservationLine item) => IsRunning(item.Observation);

    /// <summary>Whether an observation has begun and not ended; events never run.</summary>
    public static bool IsRunning(ObservationRecord observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return observation.EndTime is null && observation.Type != ObservationType.Event;
    }

    /// <inheritdoc/>
    public async Task<ListSlice<ObservationLine>> ReadAsync(ListQuestion question, int offset, int limit)
    {
        var upTo = new DateTimeOffset(question.Watermark ?? question.At.UtcTicks, TimeSpan.Zero);
        var page = await analytics.ListObservationLinesAsync(Query(question) with { Offset = offset, Limit = limit, ReceivedUpTo = upTo });
        return ListSlice.Of(page) with { Watermark = upTo.UtcTicks };
    }

    /// <inheritdoc/>
    public async Task<long> CountNewAsync(ListQuestion question) => (await analytics.ListObservationsAsync(Query(question) with
    {
        Limit = 1,
        WithIo = false,
        WithMetadata = false,
        ReceivedAfter = new DateTimeOffset(question.Watermark!.Value, TimeSpan.Zero),
    })).TotalItems;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ListFacet>> ReadFacetsAsync(ListQuestion question)
    {
        var facets = await analytics.CountObservationsAsync(Query(question), question.State.Shape.FacetColumns);
        return [.. facets.Select(f => new ListFacet(f.Column, f.Values))];
    }

    /// <inheritdoc/>
    public Task<Pulse?> ReadPulseAsync(ListQuestion question, TimeSpan step) => analytics.GetObservationPulseAsync(Query(question), step)!;

    /// <summary>The question for the read model.</summary>
    public static ObservationQuery Query(ListQuestion question) => new()
    {
        Filter = question.Filter,
        From = question.From,
        To = question.To,
        OrderBy = OrderOf(question.State.Sort),
        Descending = question.State.Descending,
        WithMetadata = false,
        TextLimit = TextLimit,
    };

    private static ObservationOrder OrderOf(string key) => key switch
    {
        "type" => ObservationOrder.Type,
        "name" => ObservationOrder.Name,
        "level" => ObservationOrder.Level,
        "latency" => ObservationOrder.Latency,
        "ttft" => ObservationOrder.TimeToFirstToken,
        "tps" => ObservationOrder.TokensPerSecond,
        "model" => ObservationOrder.Model,
        "tokens" => ObservationOrder.TotalTokens,
        "cost" => ObservationOrder.Cost,
        "environment" => ObservationOrder.Environment,
        "in" => ObservationOrder.InputTokens,
        "out" => ObservationOrder.OutputTokens,
        "end" => ObservationOrder.EndTime,
        _ => ObservationOrder.StartTime,
    };
}
