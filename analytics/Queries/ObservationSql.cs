using System.Data.Common;
using Actors.Analytics.Queries.Filtering;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Queries;

/// <summary>
/// Where the observations of one page are, in their order. A place to begin after narrows the start time before anything is
/// sorted, so that later pages cost no more than the first.
/// </summary>
internal readonly record struct ObservationPlacesSql(ObservationQuery Query) : ISqlQuery<RowPlace>
{
    /// <summary>How many observations are before the page.</summary>
    public long Offset => ((Query.Page - 1L) * Query.Limit) + Query.Offset;

    public void Write(Sql sql)
    {
        sql.Append($"SELECT {RowPlace.Columns} FROM observations AS o");
        ObservationFilterSql.Write(sql, Query);
        sql.Append($"ORDER BY {ObservationOrderSql.Of(Query)} LIMIT {Query.Limit} OFFSET {Offset}");
    }

    public RowPlace Read(DbDataReader row) => RowPlace.Read(row);
}

/// <summary>The observations of one page.</summary>
internal readonly record struct ObservationRowsSql(ObservationQuery Query, IReadOnlyList<RowPlace> Places) : ISqlQuery<ObservationRecord>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT");
        ObservationColumns.Write(sql, Query.WithMetadata, Query.WithIo, Query.TextLimit);
        sql.Append($"FROM observations");
        RowPlaces.WriteCondition(sql, Places);
        sql.Append($"ORDER BY {ObservationOrderSql.Of(Query)}");
    }

    public ObservationRecord Read(DbDataReader row) => ObservationColumns.Read(row);
}

/// <summary>How many observations match.</summary>
internal readonly record struct ObservationCountSql(ObservationQuery Query) : ISqlQuery<long>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT count(*) FROM observations AS o");
        ObservationFilterSql.Write(sql, Query);
    }

    public long Read(DbDataReader row) => row.GetInt64(0);
}

/// <summary>The order of a list of observations.</summary>
internal static class ObservationOrderSql
{
    public static Sql.Fragment Of(ObservationQuery query)
    {
        var way = query.Descending ? "DESC" : "ASC";
        return new($"{Column(query.OrderBy)} {way} NULLS LAST, trace_id {way}, id {way}");
    }

    private static string Column(ObservationOrder order) => order switch
    {
        ObservationOrder.StartTime => "start_time",
        ObservationOrder.EndTime => "end_time",
        ObservationOrder.Name => "name",
        ObservationOrder.Type => "type",
        ObservationOrder.Level => "level",
        ObservationOrder.Model => "model",
        ObservationOrder.Environment => "environment",
        ObservationOrder.Latency => "latency_ms",
        ObservationOrder.TimeToFirstToken => "first_token_ms",
        ObservationOrder.TokensPerSecond => "output_tokens * 1000::DOUBLE / nullif(latency_ms, 0)",
        ObservationOrder.InputTokens => "input_tokens",
        ObservationOrder.OutputTokens => "output_tokens",
        ObservationOrder.TotalTokens => "total_tokens",
        ObservationOrder.Cost => "cost_usd",
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, "Observations cannot be ordered by this."),
    };
}

/// <summary>What the traces of the observations of a page say, by the positions of their streams.</summary>
internal readonly record struct TraceFactsSql(IReadOnlyList<RowPlace> Places) : ISqlQuery<(string Id, ObservationTrace Facts)>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT id, name, user_id, session_id, release, tags FROM traces");
        sql.Append($"WHERE stream_position IN (SELECT unnest({Places.Select(place => place.Position).Distinct()}))");
    }

    public (string Id, ObservationTrace Facts) Read(DbDataReader row) =>
        (row.Text(0), new ObservationTrace(row.TextOrNull(1), row.TextOrNull(2), row.TextOrNull(3), row.TextOrNull(4), row.Texts(5)));
}

/// <summary>Reads pages of observations.</summary>
internal static class ObservationListReader
{
    public static Page<ObservationRecord> Read(ReadSession session, ObservationQuery query)
    {
        var search = new ObservationPlacesSql(query);
        return Read(session, search, session.List(search));
    }

    /// <summary>A page with what the traces of its observations say.</summary>
    public static Page<ObservationLine> ReadLines(ReadSession session, ObservationQuery query)
    {
        var search = new ObservationPlacesSql(query);
        var places = session.List(search);
        var page = Read(session, search, places);
        var traces = places.Count > 0 ? session.List(new TraceFactsSql(places)).ToDictionary(row => row.Id, row => row.Facts) : [];
        return new Page<ObservationLine>(
            [.. page.Items.Select(observation => new ObservationLine(observation, traces.GetValueOrDefault(observation.TraceId)))],
            page.TotalItems, page.Watermark, page.Head);
    }

    private static Page<ObservationRecord> Read(ReadSession session, ObservationPlacesSql search, List<RowPlace> places)
    {
        var query = search.Query;
        return new Page<ObservationRecord>(
            places.Count > 0 ? session.List(new ObservationRowsSql(query, places)) : [],
            query.WithTotal ? PageTotal.Of(places.Count, query.Limit, search.Offset, () => session.Single(new ObservationCountSql(query))) : 0,
            session.Watermark,
            session.Head);
    }
}

/// <summary>One observation. The id is the client's: should two traces use the same, the newest one is meant.</summary>
internal readonly record struct ObservationByIdSql(string Id) : ISqlQuery<ObservationRecord>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT");
        ObservationColumns.Write(sql, withMetadata: true, withIo: true, textLimit: null);
        sql.Append($"FROM observations WHERE id = {Id} ORDER BY updated_at DESC, trace_id LIMIT 1");
    }

    public ObservationRecord Read(DbDataReader row) => ObservationColumns.Read(row);
}

/// <summary>The conditions of an <see cref="ObservationQuery"/>, only those that it has.</summary>
internal static class ObservationFilterSql
{
    /// <summary>Writes them for a table called <c>o</c>.</summary>
    public static void Write(Sql sql, ObservationQuery query)
    {
        sql.Append($"WHERE");
        FilterSql.Write(sql, query.Filter, FilterTable.Observations, "o");
        if (query.From is { } from)
        {
            sql.Append($"AND o.start_time >= {from}");
        }

        if (query.To is { } to)
        {
            sql.Append($"AND o.start_time < {to}");
        }

        if (query.ReceivedAfter is { } after)
        {
            sql.Append($"AND o.created_at > {after}");
        }

        if (query.ReceivedUpTo is { } upTo)
        {
            sql.Append($"AND o.created_at <= {upTo}");
        }

        if (query.ExperimentItems is { } items)
        {
            sql.Append($"AND o.experiment_id IS NOT NULL AND {ExperimentSql.StandsForItem} AND");
            FilterSql.Write(sql, items.Filter, FilterTable.ExperimentItems, "o");
            ExperimentSql.Any(sql, "experiment_id", items.ExperimentIds);
            ExperimentSql.Any(sql, "experiment_name", items.ExperimentNames);
            ExperimentSql.Any(sql, "experiment_item_id", items.ItemIds);
            ExperimentSql.Any(sql, "experiment_dataset_id", items.DatasetIds);
        }

        if (query.After is var (start, traceId, id))
        {
            sql.Append($"AND o.start_time <= {start} AND (o.start_time < {start} OR o.trace_id < {traceId} OR (o.trace_id = {traceId} AND o.id < {id}))");
        }
    }
}
