using System.Data.Common;
using Actors.Tracing;

namespace Actors.Analytics.Queries;

/// <summary>The columns of a <see cref="TraceRecord"/> in the order in which they are read.</summary>
internal static class TraceColumns
{
    private static readonly Sql.Fragment WithoutText = new("""
        id, timestamp, name, user_id, session_id, release, version, environment, public, tags, created_at, updated_at,
        observations, running, errors, warnings, level, latency_ms, input_tokens, output_tokens, total_tokens, cost_usd,
        models, scores, bookmarked
        """);

    /// <summary>Writes the columns with at most <paramref name="textLimit"/> characters of each text; null: all.</summary>
    public static void Write(Sql sql, int? textLimit)
    {
        switch (textLimit)
        {
            case null:
                sql.Append($"{WithoutText}, metadata, input, output");
                break;
            case <= 0:
                sql.Append($"{WithoutText}, NULL, NULL, NULL");
                break;
            case { } limit:
                sql.Append($"{WithoutText}, left(metadata, {limit}), left(input, {limit}), left(output, {limit})");
                break;
        }
    }

    public static TraceRecord Read(DbDataReader row) => new()
    {
        Id = row.Text(0),
        Timestamp = row.Time(1),
        Name = row.TextOrNull(2),
        UserId = row.TextOrNull(3),
        SessionId = row.TextOrNull(4),
        Release = row.TextOrNull(5),
        Version = row.TextOrNull(6),
        Environment = row.Text(7),
        Public = row.GetBoolean(8),
        Tags = row.Texts(9),
        CreatedAt = row.Time(10),
        UpdatedAt = row.Time(11),
        Summary = ReadSummary(row, 12),
        Bookmarked = row.GetBoolean(24),
        Metadata = row.TextOrNull(25),
        Input = row.TextOrNull(26),
        Output = row.TextOrNull(27),
    };

    private static TraceSummary ReadSummary(DbDataReader row, int i) => new()
    {
        Observations = row.GetInt32(i),
        Running = row.GetInt32(i + 1),
        Errors = row.GetInt32(i + 2),
        Warnings = row.GetInt32(i + 3),
        Level = (ObservationLevel)row.GetByte(i + 4),
        Latency = row.MillisecondsOrNull(i + 5),
        InputTokens = row.GetInt64(i + 6),
        OutputTokens = row.GetInt64(i + 7),
        TotalTokens = row.GetInt64(i + 8),
        CostUsd = row.MoneyOrNull(i + 9),
        Models = row.Texts(i + 10),
        Scores = row.GetInt32(i + 11),
    };
}
