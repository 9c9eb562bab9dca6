using Actors.Queries;

namespace Actors.Analytics.Queries.Metrics;

/// <summary>Puts days and their models together.</summary>
internal static class DailyMetricsReader
{
    public static Page<DailyMetrics> Read(ReadSession session, DailyMetricsQuery query)
    {
        var days = session.List(new DailyMetricsSql(query));
        var total = session.Single(new DailyCountSql(query));
        if (days.Count == 0)
        {
            return new Page<DailyMetrics>([], total, session.Watermark, session.Head);
        }

        var models = session.List(new DailyModelsSql(query, days[^1].Date, days[0].Date)).ToLookup(row => row.Date, row => row.Model);
        return new Page<DailyMetrics>([.. days.Select(day => day with { Models = [.. models[day.Date]] })], total, session.Watermark, session.Head);
    }
}
