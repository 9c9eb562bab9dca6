using System.Data.Common;
using Actors.Queries;

namespace Actors.Analytics.Queries;

/// <summary>Sessions are what their traces say: the first trace received gives the time and the environment.</summary>
internal static class SessionGroups
{
    public static Sql.Fragment Grouped { get; } = new("""
        SELECT
            session_id AS id,
            min(created_at) AS created_at,
            arg_min(environment, first_position) AS environment,
            count(*) AS trace_count
        FROM traces
        """);

    public static SessionRecord Read(DbDataReader row) => new(row.Text(0), row.Time(1), row.Text(2), row.GetInt64(3));
}

/// <summary>One page of sessions, newest first.</summary>
internal readonly record struct SessionListSql(SessionQuery Query) : ISqlQuery<SessionRecord>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT id, created_at, environment, trace_count FROM");
        SessionFilterSql.Write(sql, Query);
        sql.Append($"ORDER BY created_at DESC, id DESC LIMIT {Query.Limit} OFFSET {(Query.Page - 1L) * Query.Limit}");
    }

    public SessionRecord Read(DbDataReader row) => SessionGroups.Read(row);
}

/// <summary>How many sessions match.</summary>
internal readonly record struct SessionCountSql(SessionQuery Query) : ISqlQuery<long>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT count(*) FROM");
        SessionFilterSql.Write(sql, Query);
    }

    public long Read(DbDataReader row) => row.GetInt64(0);
}

/// <summary>One session.</summary>
internal readonly record struct SessionByIdSql(string Id) : ISqlQuery<SessionRecord>
{
    public void Write(Sql sql) => sql.Append($"{SessionGroups.Grouped} WHERE session_id = {Id} GROUP BY session_id");

    public SessionRecord Read(DbDataReader row) => SessionGroups.Read(row);
}

/// <summary>The sessions that match a <see cref="SessionQuery"/>; the conditions are about the session, so they come after the grouping.</summary>
internal static class SessionFilterSql
{
    public static void Write(Sql sql, SessionQuery query)
    {
        sql.Append($"({SessionGroups.Grouped} WHERE session_id IS NOT NULL GROUP BY session_id) WHERE true");
        if (query.From is { } from)
        {
            sql.Append($"AND created_at >= {from}");
        }

        if (query.To is { } to)
        {
            sql.Append($"AND created_at < {to}");
        }

        if (query.Environments.Count > 0)
        {
            sql.Append($"AND list_contains({query.Environments}, environment)");
        }
    }
}
