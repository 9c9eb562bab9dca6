using System.Data.Common;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Queries;

/// <summary>One page of observations, newest start first; text is fetched for the rows of the page alone.</summary>
internal readonly record struct ObservationListSql(ObservationQuery Query) : ISqlQuery<ObservationRecord>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT {ObservationColumns.All} FROM observations WHERE rowid IN (SELECT rowid FROM observations");
        ObservationFilterSql.Write(sql, Query);
        sql.Append($"ORDER BY start_time DESC, id DESC LIMIT {Query.Limit} OFFSET {(Query.Page - 1L) * Query.Limit})");
        sql.Append($"ORDER BY start_time DESC, id DESC");
    }

    public ObservationRecord Read(DbDataReader row) => ObservationColumns.Read(row);
}

/// <summary>How many observations match.</summary>
internal readonly record struct ObservationCountSql(ObservationQuery Query) : ISqlQuery<long>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT count(*) FROM observations");
        ObservationFilterSql.Write(sql, Query);
    }

    public long Read(DbDataReader row) => row.GetInt64(0);
}

/// <summary>One observation. The id is the client's: should two traces use the same, the newest one is meant.</summary>
internal readonly record struct ObservationByIdSql(string Id) : ISqlQuery<ObservationRecord>
{
    public void Write(Sql sql) =>
        sql.Append($"SELECT {ObservationColumns.All} FROM observations WHERE id = {Id} ORDER BY updated_at DESC, trace_id LIMIT 1");

    public ObservationRecord Read(DbDataReader row) => ObservationColumns.Read(row);
}

/// <summary>The conditions of an <see cref="ObservationQuery"/>, only those that it has.</summary>
internal static class ObservationFilterSql
{
    public static void Write(Sql sql, ObservationQuery query)
    {
        sql.Append($"WHERE true");
        if (query.TraceId is { } traceId)
        {
            sql.Append($"AND trace_id = {traceId}");
        }

        if (query.UserId is { } userId)
        {
            // Looked up, not stored with the observation: a trace may learn its user late.
            sql.Append($"AND trace_id IN (SELECT id FROM traces WHERE user_id = {userId})");
        }

        if (query.Name is { } name)
        {
            sql.Append($"AND name = {name}");
        }

        if (query.Type is { } type)
        {
            sql.Append($"AND type = {(int)type}");
        }

        if (query.Level is { } level)
        {
            sql.Append($"AND level = {(int)level}");
        }

        if (query.ParentObservationId is { } parent)
        {
            sql.Append($"AND parent_observation_id = {parent}");
        }

        if (query.Version is { } version)
        {
            sql.Append($"AND version = {version}");
        }

        if (query.Environments.Count > 0)
        {
            sql.Append($"AND list_contains({query.Environments}, environment)");
        }

        if (query.From is { } from)
        {
            sql.Append($"AND start_time >= {from}");
        }

        if (query.To is { } to)
        {
            sql.Append($"AND start_time < {to}");
        }
    }
}
