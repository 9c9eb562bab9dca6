using System.Globalization;
using Actors.Grains.Tests.Tracing;
using Actors.Queries;
using Actors.Testing;
using Actors.Tracing;

namespace Actors.Grains.Tests.Whole;

/// <summary>A question about numbers and its answer as lines, recounted from final records.</summary>
internal sealed record WholeMetrics(MetricsQuery Query, IReadOnlyList<string> Expected)
{
    private const int Digits = 9;

    public static IEnumerable<WholeMetrics> Of(IReadOnlyList<Folded> streams)
    {
        var observations = streams.SelectMany(s => s.Observations.Select(o => (s.Trace, It: o))).ToList();
        var scores = streams.SelectMany(s => s.Scores).ToList();
        foreach (var (dimension, of) in new (string, Func<(TraceRecord? Trace, ObservationRecord It), string?>)[]
        {
            ("providedModelName", o => o.It.Model), ("traceName", o => o.Trace?.Name), ("userId", o => o.Trace?.UserId), ("environment", o => o.It.Environment),
        })
        {
            yield return Ask(MetricsView.Observations, dimension, observations, of,
                ("totalCost", o => (double)(o.It.Cost.TotalUsd ?? 0)), ("inputTokens", o => o.It.InputTokens), ("totalTokens", o => o.It.TotalTokens));
        }

        yield return Ask(MetricsView.ScoresNumeric, "name", [.. scores.Where(s => s.DataType == ScoreDataType.Numeric)], s => s.Name, ("value", s => s.Value ?? 0));
        yield return Ask(MetricsView.ScoresBoolean, "name", [.. scores.Where(s => s.DataType == ScoreDataType.Boolean)], s => s.Name, ("value", s => s.Value ?? 0));
        yield return Ask(MetricsView.ScoresCategorical, "stringValue", [.. scores.Where(s => s.DataType == ScoreDataType.Categorical)], s => s.StringValue);
    }

    /// <summary>The lines of an answer.</summary>
    public static IReadOnlyList<string> Lines(MetricsAnswer answer) =>
        [.. answer.Rows.Select(row => Line(row[0].Text, row.Skip(1).Select(v => v.Number ?? 0))).Order(StringComparer.Ordinal)];

    private static WholeMetrics Ask<T>(
        MetricsView view, string dimension, IReadOnlyList<T> rows, Func<T, string?> of, params (string Measure, Func<T, double> Value)[] sums) => new(
        new MetricsQuery
        {
            View = view,
            Dimensions = [dimension],
            Metrics = [new("count", MetricsAggregation.Count), .. sums.Select(s => new MetricsColumn(s.Measure, MetricsAggregation.Sum))],
            From = LogSamples.Noon.AddDays(-7),
            To = LogSamples.Noon.AddDays(7),
        },
        [.. rows.GroupBy(of).Select(g => Line(g.Key, [g.Count(), .. sums.Select(s => g.Sum(s.Value))])).Order(StringComparer.Ordinal)]);

    private static string Line(string? value, IEnumerable<double> numbers) =>
        $"{value ?? "(none)"}: {string.Join(", ", numbers.Select(n => Math.Round(n, Digits).ToString("0.#########", CultureInfo.InvariantCulture)))}";
}
