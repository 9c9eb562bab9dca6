using System.Data.Common;
using Actors.Live;
using Actors.Tracing;

namespace Actors.Analytics.Queries.Series;

/// <summary>Which traces a filter shows: those that it counts, or, when it leaves traces out, those with an observation that it counts.</summary>
internal static class TracesOfFilter
{
    /// <summary>Writes it for a table called <c>t</c>, as <c>AND …</c>.</summary>
    public static void WriteConditions(Sql sql, LiveFilter filter)
    {
        if (!filter.LeavesTracesOut)
        {
            SeriesSource.Traces.WriteConditions(sql, filter.Conditions);
            return;
        }

        var ofTraces = filter.Conditions.ToLookup(c => c.Dimension != LiveDimension.Environment && SeriesSource.Traces.Has(c.Dimension));
        SeriesSource.Traces.WriteConditions(sql, ofTraces[true]);
        sql.Append($"AND t.stream_position IN (SELECT o.stream_position FROM {SeriesSource.Observations.Table} WHERE true");
        SeriesSource.Observations.WriteConditions(sql, ofTraces[false]);
        sql.Append($")");
    }
}

/// <summary>Reads the latest traces as the feed shows them, newest first.</summary>
internal static class LatestTracesReader
{
    public static IReadOnlyList<FeedTrace> Read(ReadSession session, LiveFilter filter, int limit)
    {
        var places = limit > 0 ? session.List(new LatestTracePlacesSql(filter, limit)) : [];
        return places.Count > 0 ? session.List(new FeedTracesSql(places)) : [];
    }
}

/// <summary>Where the latest traces are.</summary>
internal readonly record struct LatestTracePlacesSql(LiveFilter Filter, int Limit) : ISqlQuery<RowPlace>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT {RowPlace.Columns} FROM traces AS t WHERE true");
        TracesOfFilter.WriteConditions(sql, Filter);
        sql.Append($"ORDER BY timestamp DESC, id DESC LIMIT {Limit}");
    }

    public RowPlace Read(DbDataReader row) => RowPlace.Read(row);
}

/// <summary>Traces as the feed shows them, newest first.</summary>
internal readonly record struct FeedTracesSql(IReadOnlyList<RowPlace> Places) : ISqlQuery<FeedTrace>
{
    // A preview looks at no more than this; a shorter cut would make other JSON of it than the live feed sees.
    private const int PreviewSource = 100_001;

    public void Write(Sql sql)
    {
        sql.Append($"SELECT");
        TraceColumns.Write(sql, PreviewSource);
        sql.Append($", stream_version FROM traces");
        RowPlaces.WriteCondition(sql, Places);
        sql.Append($"ORDER BY timestamp DESC, id DESC");
    }

    public FeedTrace Read(DbDataReader row)
    {
        var trace = TraceColumns.Read(row);
        return new FeedTrace
        {
            TraceId = trace.Id,
            Version = row.GetInt64(28),
            Timestamp = trace.Timestamp,
            UpdatedAt = trace.UpdatedAt,
            Name = trace.Name,
            UserId = trace.UserId,
            SessionId = trace.SessionId,
            Environment = trace.Environment,
            Preview = TextPreview.From(trace.Input),
            Summary = trace.Summary,
        };
    }
}

/// <summary>Traces in which something runs, the one with the newest news first.</summary>
internal readonly record struct RunningTracesSql(LiveFilter Filter, DateTimeOffset Since) : ISqlQuery<RunningTrace>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT t.id, t.stream_version, t.updated_at FROM traces AS t WHERE t.running > 0 AND t.updated_at >= {Since}");
        TracesOfFilter.WriteConditions(sql, Filter);
        sql.Append($"ORDER BY t.updated_at DESC, t.id LIMIT {RunningTrace.Max}");
    }

    public RunningTrace Read(DbDataReader row) => new(row.Text(0), row.GetInt64(1), row.Time(2));
}
