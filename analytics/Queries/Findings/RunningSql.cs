using System.Data.Common;
using Actors.Analytics.Queries.Series;
using Actors.Live;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Queries.Findings;

/// <summary>Where the traces are that run and had news last.</summary>
internal readonly record struct RunningPlacesSql(LiveFilter Filter, DateTimeOffset Since, int Limit) : ISqlQuery<RowPlace>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT {RowPlace.Columns} FROM traces AS t WHERE t.running > 0 AND t.updated_at >= {Since}");
        TracesOfFilter.WriteConditions(sql, Filter);
        sql.Append($"ORDER BY t.updated_at DESC, t.id LIMIT {Limit}");
    }

    public RowPlace Read(DbDataReader row) => RowPlace.Read(row);
}

/// <summary>Traces at some places, the one that began first comes first.</summary>
internal readonly record struct RunningTracesAtSql(IReadOnlyList<RowPlace> Places) : ISqlQuery<TraceRecord>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT");
        TraceColumns.Write(sql, textLimit: 0);
        sql.Append($"FROM traces");
        RowPlaces.WriteCondition(sql, Places);
        sql.Append($"ORDER BY timestamp, id");
    }

    public TraceRecord Read(DbDataReader row) => TraceColumns.Read(row);
}

/// <summary>An observation that has begun and not ended.</summary>
internal readonly record struct OpenObservation(string TraceId, string? ParentId, RunningStep Step);

/// <summary>Observations of some streams that have begun and not ended, the latest first.</summary>
internal readonly record struct OpenObservationsSql(IReadOnlyList<RowPlace> Traces) : ISqlQuery<OpenObservation>
{
    private const int Most = 5_000;

    public void Write(Sql sql)
    {
        // The bounds let the scan leave out what the numbers alone would make it open.
        var (first, last) = (Traces.Min(trace => trace.Position), Traces.Max(trace => trace.Position));
        sql.Append($"""
            SELECT trace_id, parent_observation_id, id, name, type, model, start_time FROM observations
            WHERE stream_position BETWEEN {first} AND {last} AND stream_position IN (SELECT unnest({Traces.Select(trace => trace.Position)}))
                AND end_time IS NULL AND type <> {(int)ObservationType.Event}
            ORDER BY start_time DESC, id DESC LIMIT {Most}
            """);
    }

    public OpenObservation Read(DbDataReader row) => new(
        row.Text(0),
        row.TextOrNull(1),
        new RunningStep(row.Text(2), row.TextOrNull(3), (ObservationType)row.GetByte(4), row.TextOrNull(5), row.Time(6), Depth: 0));
}

/// <summary>Reads which traces run, and what they are at.</summary>
internal static class RunningReader
{
    public static RunningAgents Read(ReadSession session, RunningQuery query)
    {
        var places = session.List(new RunningPlacesSql(query.Filter, query.Since, query.Limit));
        if (places.Count == 0)
        {
            return new RunningAgents(session.Watermark, []);
        }

        var open = session.List(new OpenObservationsSql(places)).ToLookup(o => o.TraceId);
        var traces = session.List(new RunningTracesAtSql(places));
        return new RunningAgents(
            session.Watermark,
            [.. traces.Select(t => new RunningAgent(t.Id, t.Name, t.Timestamp, t.UpdatedAt, t.Summary, Deepest([.. open[t.Id]])))]);
    }

    /// <summary>The deepest of the observations of a trace, which come the latest first; of several the first one.</summary>
    internal static RunningStep? Deepest(IReadOnlyList<OpenObservation> open)
    {
        var parents = open.DistinctBy(o => o.Step.ObservationId).ToDictionary(o => o.Step.ObservationId, o => o.ParentId);
        return open.Select(o => o.Step with { Depth = DepthOf(o.Step.ObservationId) }).MaxBy(step => step.Depth);

        // Observations may name each other as parents; no path is longer than there are observations.
        int DepthOf(string id)
        {
            var depth = 0;
            while (depth < parents.Count && parents.GetValueOrDefault(id) is { } parent && parents.ContainsKey(parent))
            {
                (id, depth) = (parent, depth + 1);
            }

            return depth;
        }
    }
}
