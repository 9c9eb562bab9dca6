using Actors.Queries;

namespace Actors.Analytics.Queries;

/// <summary>The facets of a list of traces, each of which is counted without its own filter.</summary>
internal enum TraceFacet
{
    None,
    Environment,
    Level,
    Name,
    Model,
}

/// <summary>The conditions of a <see cref="TraceQuery"/>, only those that it has, so that DuckDB plans for them.</summary>
internal static class TraceFilterSql
{
    public static void Write(Sql sql, TraceQuery query, TraceFacet without = TraceFacet.None)
    {
        sql.Append($"WHERE true");
        if (query.UserId is { } userId)
        {
            sql.Append($"AND user_id = {userId}");
        }

        if (query.SessionId is { } sessionId)
        {
            sql.Append($"AND session_id = {sessionId}");
        }

        if (query.Version is { } version)
        {
            sql.Append($"AND version = {version}");
        }

        if (query.Release is { } release)
        {
            sql.Append($"AND release = {release}");
        }

        if (query.Tags.Count > 0)
        {
            sql.Append($"AND list_has_all(tags, {query.Tags})");
        }

        if (query.Environments.Count > 0 && without != TraceFacet.Environment)
        {
            sql.Append($"AND list_contains({query.Environments}, environment)");
        }

        if (query.Levels.Count > 0 && without != TraceFacet.Level)
        {
            sql.Append($"AND list_contains({query.Levels.Select(level => (int)level)}, level)");
        }

        if (query.Models.Count > 0 && without != TraceFacet.Model)
        {
            sql.Append($"AND list_has_any(models, {query.Models})");
        }

        if (without != TraceFacet.Name)
        {
            WriteName(sql, query);
        }

        WriteRange(sql, query);
    }

    private static void WriteName(Sql sql, TraceQuery query)
    {
        if (query.Name is { } name)
        {
            sql.Append($"AND name = {name}");
        }

        if (query.NameContains is { Length: > 0 } part)
        {
            sql.Append($"AND contains(lower(name), lower({part}))");
        }

        if (query.Names.Count > 0)
        {
            sql.Append($"AND list_contains({query.Names}, name)");
        }
    }

    private static void WriteRange(Sql sql, TraceQuery query)
    {
        if (query.From is { } from)
        {
            sql.Append($"AND timestamp >= {from}");
        }

        if (query.To is { } to)
        {
            sql.Append($"AND timestamp < {to}");
        }

        if (query.FirstPositionAfter is { } after)
        {
            sql.Append($"AND first_position > {after}");
        }

        if (query.FirstPositionUpTo is { } upTo)
        {
            sql.Append($"AND first_position <= {upTo}");
        }
    }
}
