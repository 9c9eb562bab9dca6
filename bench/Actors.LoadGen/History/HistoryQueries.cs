using System.Globalization;
using Actors.Contracts;

namespace Actors.LoadGen.History;

/// <summary>A kind of read, and how fast it should be.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Limit">The p99 that it should keep; null: it is only looked at.</param>
/// <param name="Path">The address of request <c>i</c>; no two ask the same where the kind has anything to vary.</param>
internal sealed record HistoryQuery(string Name, TimeSpan? Limit, Func<int, string> Path);

/// <summary>The reads that the SDKs and pages make, over a history of thirty days.</summary>
internal static class HistoryQueries
{
    private static readonly TimeSpan ById = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan OfList = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan OfMetrics = TimeSpan.FromMilliseconds(300);

    /// <summary>All kinds.</summary>
    public static IEnumerable<HistoryQuery> All(HistoryTrace traces, int count, DateTimeOffset end)
    {
        int Some(int i) => (int)((uint)i * 2654435761u % (uint)count);
        string Day(int i) => Range("fromTimestamp", "toTimestamp", end - TimeSpan.FromDays(1 + (i % 28)), TimeSpan.FromDays(1));
        string Month(int i) => Range("fromTimestamp", "toTimestamp", end - HistoryTrace.Span + TimeSpan.FromSeconds(i), HistoryTrace.Span);

        yield return new("trace by id", ById, i => $"traces/{HistoryTrace.Id(Some(i))}");
        yield return new("traces: newest 50", OfList, i => $"traces?limit=50&page={1 + (i % 5)}");
        yield return new("traces: name, environment, day", OfList, i => $"traces?limit=50&name={HistoryTrace.Name(i)}&environment=production&{Day(i)}");
        yield return new("traces: user", OfList, i => $"traces?limit=50&userId={HistoryTrace.User(Some(i))}");
        yield return new("traces: tag, release, month, without text", OfList, i => $"traces?limit=50&fields=core,metrics&tags=beta&release=2026.2&{Month(i)}");
        yield return new("observations: type, level, month", OfList, i => $"observations?limit=50&type=GENERATION&level=ERROR&{Month(i).Replace("Timestamp", "StartTime", StringComparison.Ordinal)}");
        yield return new("observations: name, day", OfList, i => $"observations?limit=50&name=draft&{Day(i).Replace("Timestamp", "StartTime", StringComparison.Ordinal)}");
        yield return new("observations: of a trace", OfList, i => $"observations?limit=50&traceId={HistoryTrace.Id(Some(i))}");
        yield return new("sessions: newest 50", OfList, i => $"sessions?limit=50&page={1 + (i % 5)}");
        yield return new("scores: month", OfList, i => $"v2/scores?limit=50&name=helpfulness&{Month(i)}");
        foreach (var (name, question) in Questions)
        {
            yield return new($"v2 metrics: {name}", OfMetrics, i => "v2/metrics?query=" + Uri.EscapeDataString($$"""
                {{{question}}, "fromTimestamp": "{{WireTime.ToText(end - HistoryTrace.Span + TimeSpan.FromSeconds(i))}}", "toTimestamp": "{{WireTime.ToText(end + TimeSpan.FromSeconds(i))}}"}
                """));
        }
    }

    private static IEnumerable<(string Name, string Question)> Questions =>
    [
        ("count by day", """
            "view":"observations","metrics":[{"measure":"count","aggregation":"count"}],"timeDimension":{"granularity":"day"}
            """),
        ("cost and tokens by model", """
            "view":"observations","dimensions":[{"field":"providedModelName"}],
            "metrics":[{"measure":"totalCost","aggregation":"sum"},{"measure":"totalTokens","aggregation":"sum"},{"measure":"count","aggregation":"count"}]
            """),
        ("p50, p95, p99 of latency", """
            "view":"observations","metrics":[{"measure":"latency","aggregation":"p50"},{"measure":"latency","aggregation":"p95"},{"measure":"latency","aggregation":"p99"}]
            """),
        ("p95 of latency by name and day", """
            "view":"observations","dimensions":[{"field":"name"}],"metrics":[{"measure":"latency","aggregation":"p95"}],
            "timeDimension":{"granularity":"day"},"config":{"row_limit":1000}
            """),
        ("count by trace name", """
            "view":"observations","dimensions":[{"field":"traceName"}],"metrics":[{"measure":"count","aggregation":"count"}]
            """),
        ("average score by day", """
            "view":"scores-numeric","dimensions":[{"field":"name"}],"metrics":[{"measure":"value","aggregation":"avg"}],"timeDimension":{"granularity":"day"}
            """),
    ];

    private static string Range(string from, string to, DateTimeOffset start, TimeSpan length) =>
        string.Create(CultureInfo.InvariantCulture, $"{from}={WireTime.ToText(start)}&{to}={WireTime.ToText(start + length)}");
}
