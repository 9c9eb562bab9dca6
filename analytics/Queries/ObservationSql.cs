using System.Data.Common;
using Actors.Analytics.Queries.Filtering;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Queries;

/// <summary>
/// Where the observations of one page are, newest start first. A place to begin after narrows the start time before anything
/// is sorted, so that later pages cost no more than the first.
/// </summary>
internal readonly record struct ObservationPlacesSql(ObservationQuery Query) : ISqlQuery<RowPlace>
{
    /// <summary>How many observations are before the page.</summary>
    public long Offset => (Query.Page - 1L) * Query.Limit;

    /// <summary>The order of the list.</summary>
    public static Sql.Fragment Order { get; } = new("ORDER BY start_time DESC, trace_id DESC, id DESC");

    public void Write(Sql sql)
    {
        sql.Append($"SELECT {RowPlace.Columns} FROM observations AS o");
        ObservationFilterSql.Write(sql, Query);
        sql.Append($"{Order} LIMIT {Query.Limit} OFFSET {Offset}");
    }

    public RowPlace Read(DbDataReader row) => RowPlace.Read(row);
}

/// <summary>The observations of one page.</summary>
internal readonly record struct ObservationRowsSql(ObservationQuery Query, IReadOnlyList<RowPlace> Places) : ISqlQuery<ObservationRecord>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT");
        ObservationColumns.Write(sql, Query.WithMetadata, Query.WithIo);
        sql.Append($"FROM observations");
        RowPlaces.WriteCondition(sql, Places);
        sql.Append($"{ObservationPlacesSql.Order}");
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

/// <summary>Reads pages of observations.</summary>
internal static class ObservationListReader
{
    public static Page<ObservationRecord> Read(ReadSession session, ObservationQuery query)
    {
        var search = new ObservationPlacesSql(query);
        var places = session.List(search);
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
        ObservationColumns.Write(sql, withMetadata: true, withIo: true);
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
