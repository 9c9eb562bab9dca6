using System.Globalization;
using System.Text.Json.Nodes;

namespace Actors.Crash;

/// <summary>Questions about numbers that the columns answer, and what the answers must be.</summary>
internal static class MetricsOracle
{
    /// <summary>A question and its answer as lines; sums are rounded, since their order is nobody's promise.</summary>
    /// <param name="View">What is counted.</param>
    /// <param name="Dimension">By what.</param>
    /// <param name="Sums">What is added up besides the count.</param>
    /// <param name="Expected">The lines of the answer.</param>
    public sealed record Question(string View, string Dimension, IReadOnlyList<string> Sums, IReadOnlyList<string> Expected)
    {
        /// <summary>The question as the API takes it.</summary>
        public string Text(DateTimeOffset now) => new JsonObject
        {
            ["view"] = View,
            ["dimensions"] = new JsonArray(new JsonObject { ["field"] = Dimension }),
            ["metrics"] = new JsonArray([Metric("count", "count"), .. Sums.Select(s => Metric(s, "sum"))]),
            ["fromTimestamp"] = Wire.Iso(now.AddDays(-7)),
            ["toTimestamp"] = Wire.Iso(now.AddHours(1)),
            ["orderBy"] = new JsonArray(new JsonObject { ["field"] = "count_count", ["direction"] = "desc" }),
            ["config"] = new JsonObject { ["row_limit"] = 1_000 },
        }.ToJsonString();

        /// <summary>The lines of the server's answer.</summary>
        public IReadOnlyList<string> Read(JsonNode answer) =>
        [
            .. answer["data"]!.AsArray()
                .Select(row => Line(row![Dimension]?.ToString(), (long)(double)row["count_count"]!, Sums.Select(s => (double)row["sum_" + s]!)))
                .Order(StringComparer.Ordinal),
        ];

        private static JsonObject Metric(string measure, string aggregation) => new() { ["measure"] = measure, ["aggregation"] = aggregation };
    }

    public static IEnumerable<Question> Questions(IReadOnlyList<Told> told)
    {
        var observations = told.SelectMany(t => t.Observations.Select(o => (Trace: t.Trace!, It: o))).ToList();
        var scores = told.SelectMany(t => t.Scores).ToList();
        foreach (var (dimension, of) in new (string, Func<(ToldTrace Trace, ToldObservation It), string?>)[]
        {
            ("providedModelName", o => o.It.Model), ("traceName", o => o.Trace.Name), ("promptName", o => o.It.Prompt), ("sessionId", o => o.Trace.Session),
        })
        {
            yield return Ask("observations", dimension, observations, of,
                ("totalCost", o => (double)o.It.Cost), ("inputTokens", o => o.It.Input), ("outputTokens", o => o.It.OutputTokens));
        }

        yield return Ask("scores-numeric", "name", [.. scores.Where(s => s.DataType == "NUMERIC")], s => s.Name, ("value", s => s.Number));
        yield return Ask("scores-boolean", "name", [.. scores.Where(s => s.DataType == "BOOLEAN")], s => s.Name, ("value", s => s.Number));
        yield return Ask("scores-categorical", "stringValue", [.. scores.Where(s => s.DataType == "CATEGORICAL")], s => s.Category);
    }

    private static Question Ask<T>(
        string view, string dimension, IReadOnlyList<T> rows, Func<T, string?> of, params (string Measure, Func<T, double> Value)[] sums) => new(
        view,
        dimension,
        [.. sums.Select(s => s.Measure)],
        [.. rows.GroupBy(of).Select(g => Line(g.Key, g.Count(), sums.Select(s => g.Sum(s.Value)))).Order(StringComparer.Ordinal)]);

    private static string Line(string? value, long count, IEnumerable<double> sums) =>
        $"{value}: {count} of {string.Join(", ", sums.Select(s => Math.Round(s, 10).ToString("0.##########", CultureInfo.InvariantCulture)))}";
}
