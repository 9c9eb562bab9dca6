using System.Globalization;
using System.Text.Json.Nodes;

namespace Actors.Crash;

/// <summary>The numbers of one series in one window, the slow and obvious way.</summary>
internal sealed class LiveSums(bool isOfTool)
{
    // What the sketches promise; and what sums of doubles lose.
    private const double QuantileError = 0.01;
    private const double Rounding = 1e-9;

    private readonly List<ToldObservation> _observations = [];
    private readonly List<ToldScore> _scores = [];
    private int _traces;

    public void Add(LiveFact fact)
    {
        if (fact.Observation is { } observation)
        {
            _observations.Add(observation);
        }
        else if (fact.Score is { } score)
        {
            _scores.Add(score);
        }
        else
        {
            _traces++;
        }
    }

    /// <summary>In what the server's numbers differ; empty: in nothing.</summary>
    public IEnumerable<string> Differences(JsonNode told)
    {
        var models = _observations.Where(o => o.CallsModel).ToList();
        var calls = isOfTool ? _observations : models;
        return
        [
            .. Exact(told, "traces", _traces),
            .. Exact(told, "observations", _observations.Count),
            .. Exact(told, "requests", calls.Count),
            .. Exact(told, "errors", _observations.Count(o => o.Level == "ERROR")),
            .. Exact(told, "inputTokens", _observations.Sum(o => o.Input)),
            .. Exact(told, "outputTokens", _observations.Sum(o => o.OutputTokens)),
            .. Exact(told, "totalTokens", _observations.Sum(o => o.Input + o.OutputTokens)),
            .. Exact(told, "costUsd", _observations.Sum(o => o.Cost)),
            .. Exact(told, "inputCostUsd", _observations.Sum(o => o.InputCost)),
            .. Exact(told, "outputCostUsd", _observations.Sum(o => o.OutputCost)),
            .. Exact(told, "unpriced", models.Count(o => o.Input > 0 && o.Cost == 0)),
            .. Near(told, "latencyP50Ms", 0.50, calls.Select(Latency)),
            .. Near(told, "latencyP95Ms", 0.95, calls.Select(Latency)),
            .. Near(told, "latencyP99Ms", 0.99, calls.Select(Latency)),
            .. Near(told, "firstTokenP50Ms", 0.50, models.Select(FirstToken)),
            .. Near(told, "firstTokenP95Ms", 0.95, models.Select(FirstToken)),
            .. Near(told, "tokensPerSecondP50", 0.50, models.Select(Speed)),
            .. ScoreDifferences(told["scores"]!.AsArray()),
        ];
    }

    private static double? Latency(ToldObservation o) => (o.End - o.Start)?.TotalMilliseconds;

    private static double? Speed(ToldObservation o) => o.OutputTokens > 0 && Latency(o) is { } ms and > 0 ? 1000 * o.OutputTokens / ms : null;

    private static double? FirstToken(ToldObservation o) => (o.FirstToken - o.Start)?.TotalMilliseconds;

    private IEnumerable<string> ScoreDifferences(JsonArray told)
    {
        var expected = _scores.ToLookup(s => (s.Name, s.Category));
        var actual = told.ToDictionary(s => (Name: (string)s!["name"]!, Category: (string?)s["category"]), s => s!);
        return from key in expected.Select(e => e.Key).Union(actual.Keys)
               from difference in actual.TryGetValue(key, out var score) ? Differences(score, [.. expected[key]]) : ["missing"]
               select $"score {key.Name} {key.Category}: {difference}";
    }

    private static IEnumerable<string> Differences(JsonNode told, IReadOnlyList<ToldScore> scores)
    {
        var numbers = scores.Where(s => s.DataType == "NUMERIC").Select(s => (double?)s.Number);
        var (sum, toldSum) = (scores.Sum(s => s.Number), (double)told["sum"]!);
        return
        [
            .. Exact(told, "count", scores.Count),
            .. Math.Abs(sum - toldSum) > Rounding * (1 + Math.Abs(sum)) ? [string.Create(CultureInfo.InvariantCulture, $"sum: expected {sum}, told {toldSum}")] : Array.Empty<string>(),
            .. Near(told, "p10", 0.10, numbers),
            .. Near(told, "p50", 0.50, numbers),
            .. Near(told, "p90", 0.90, numbers),
        ];
    }

    private static IEnumerable<string> Exact(JsonNode told, string name, decimal expected)
    {
        var actual = (decimal)told[name]!;
        if (actual != expected)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{name}: expected {expected}, told {actual}");
        }
    }

    private static IEnumerable<string> Near(JsonNode told, string name, double quantile, IEnumerable<double?> values)
    {
        var sorted = values.OfType<double>().Order().ToList();
        double? expected = sorted.Count == 0 ? null : sorted[(int)(quantile * (sorted.Count - 1))];
        var actual = (double?)told[name];
        if (expected is { } e ? actual is not { } a || Math.Abs(e - a) > (QuantileError * Math.Abs(e)) + Rounding : actual is not null)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{name}: expected {expected}, told {actual}");
        }
    }
}
