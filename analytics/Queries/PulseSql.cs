using System.Data.Common;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Queries;

/// <summary>The rows of a list by steps of time.</summary>
/// <param name="Step">The length of a step.</param>
/// <param name="Alias">What the rows are called.</param>
/// <param name="Time">Their column of time.</param>
/// <param name="Id">A list of what names a row: its trace, and its own id when it is an observation.</param>
/// <param name="WriteRows">Writes from where, and with which conditions, the rows come.</param>
internal sealed record PulseSql(TimeSpan Step, string Alias, string Time, string Id, Action<Sql> WriteRows) : ISqlQuery<PulseBucket>
{
    private static readonly Sql.Fragment Error = new($"{(int)ObservationLevel.Error}");

    public void Write(Sql sql)
    {
        var step = (long)Step.TotalMilliseconds;
        var row = new Sql.Fragment(Alias);
        sql.Append($"SELECT epoch_ms({row}.{new Sql.Fragment(Time)}) // {step} * {step} AS bucket, count(*), count(*) FILTER (WHERE {row}.level = {Error}),");
        sql.Append($"quantile_cont({row}.latency_ms, 0.5), quantile_cont({row}.latency_ms, 0.95), sum({row}.cost_usd),");
        sql.Append($"max({row}.latency_ms), arg_max({new Sql.Fragment(Id)}, {row}.latency_ms)");
        WriteRows(sql);
        sql.Append($"GROUP BY bucket ORDER BY bucket LIMIT {Pulse.MaxBuckets}");
    }

    public PulseBucket Read(DbDataReader row) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), row.GetInt64(1), row.GetInt64(2), row.DoubleOrNull(3), row.DoubleOrNull(4),
        row.MoneyOrNull(5), row.IsDBNull(6) ? null : ReadSlowest(row.Texts(7), row.GetInt64(6)));

    private static PulsePoint ReadSlowest(IReadOnlyList<string> names, long latencyMs) => new(names[0], names.Count > 1 ? names[1] : null, latencyMs);
}

/// <summary>Reads how the rows of a list lie in time.</summary>
internal static class PulseReader
{
    public static Pulse Read(ReadSession session, TraceQuery query, TimeSpan step) => new(step, session.List(new PulseSql(step, "t", "timestamp", "[t.id]", sql =>
    {
        sql.Append($"FROM traces AS t");
        TraceFilterSql.Write(sql, query);
    })));

    public static Pulse Read(ReadSession session, ObservationQuery query, TimeSpan step) => new(step, session.List(new PulseSql(step, "o", "start_time", "[o.trace_id, o.id]", sql =>
    {
        sql.Append($"FROM observations AS o");
        ObservationFilterSql.Write(sql, query);
    })));
}
