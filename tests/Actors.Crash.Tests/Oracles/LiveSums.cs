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
        var expected = _scores.GroupBy(s => (s.Name, s.Category)).ToDictionary(g => g.Key, g => (Count: g.LongCount(), Sum: g.Sum(s => s.Number)));
        var actual = told.ToDictionary(s => (Name: (string)s!["name"]!, Category: (string?)s["category"]), s => (Count: (long)s!["count"]!, Sum: (double)s["sum"]!));
        return from key in expected.Keys.Union(actual.Keys)
               let mine = expected.GetValueOrDefault(key)
               let theirs = actual.GetValueOrDefault(key)
               where mine.Count != theirs.Count || Math.Abs(mine.Sum - theirs.Sum) > Rounding * (1 + Math.Abs(mine.Sum))
               select string.Create(CultureInfo.InvariantCulture, $"score {key.Name} {key.Category}: expected {mine}, told {theirs}");
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
        if (expected is { } e ? actual is not { } a || Math.Abs(e - a) > (QuantileError * e) + Rounding : actual is not null)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{name}: expected {expected}, told {actual}");
        }
    }
}
