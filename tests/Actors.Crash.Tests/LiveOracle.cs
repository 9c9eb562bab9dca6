using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Actors.Crash;

/// <summary>What the live numbers must be, second by second, counted from what is known to be stored.</summary>
internal sealed class LiveOracle
{
    private const int WindowSeconds = 300;

    private readonly Dictionary<(string Dimension, string Value, long Second), Sums> _sums = [];

    public void AddTrace(DateTimeOffset start, string name)
    {
        Of("Total", "", start).Traces++;
        Of("TraceName", name, start).Traces++;
    }

    /// <summary>An observation counts in the second of its end, or of its start while it runs.</summary>
    public void AddObservation(ObservationText observation, string traceName)
    {
        var at = observation.End ?? observation.Start;
        Of("Total", "", at).Add(observation);
        Of("TraceName", traceName, at).Add(observation);
        if (observation.Model is { } model)
        {
            Of("Model", model, at).Add(observation);
        }
    }

    /// <summary>The windows that end at the instant of <paramref name="answer"/>, as the server should give them.</summary>
    public string Expected(JsonNode answer)
    {
        var end = DateTimeOffset.Parse((string)answer["at"]!, CultureInfo.InvariantCulture).ToUnixTimeSeconds() + 1;
        var windows = _sums
            .Where(s => s.Key.Second >= end - WindowSeconds && s.Key.Second < end)
            .GroupBy(s => (s.Key.Dimension, s.Key.Value), s => s.Value);
        return Text(windows.Select(w => (w.Key.Dimension, w.Key.Value, Sums.Of(w))));
    }

    /// <summary>The windows that the server gives.</summary>
    public static string Actual(JsonNode answer) => Text(
        from window in answer["windows"]!.AsArray()
        let dimension = (string)window!["dimension"]!
        where (int)window["seconds"]! == WindowSeconds && dimension is ("Total" or "TraceName" or "Model")
        let current = window["current"]!
        let sums = new Sums
        {
            Traces = (long)current["traces"]!,
            Observations = (long)current["observations"]!,
            Requests = (long)current["requests"]!,
            Errors = (long)current["errors"]!,
            InputTokens = (long)current["inputTokens"]!,
            OutputTokens = (long)current["outputTokens"]!,
            CostUsd = (decimal)current["costUsd"]!,
        }
        select (dimension, (string)window["value"]!, sums));

    private static string Text(IEnumerable<(string Dimension, string Value, Sums Sums)> windows)
    {
        var text = new StringBuilder();
        foreach (var (dimension, value, sums) in windows
            .Where(w => !w.Sums.IsEmpty)
            .OrderBy(w => w.Dimension, StringComparer.Ordinal)
            .ThenBy(w => w.Value, StringComparer.Ordinal))
        {
            // A trace belongs to no model.
            var traces = dimension == "Model" ? 0 : sums.Traces;
            text.Append(string.Create(
                CultureInfo.InvariantCulture,
                $"{dimension} {value}: traces={traces} observations={sums.Observations} requests={sums.Requests} errors={sums.Errors} tokens={sums.InputTokens}+{sums.OutputTokens} cost={decimal.Round(sums.CostUsd, 9):0.#########}\n"));
        }

        return text.ToString();
    }

    private Sums Of(string dimension, string value, DateTimeOffset at)
    {
        var key = (dimension, value, at.ToUnixTimeSeconds());
        return _sums.TryGetValue(key, out var sums) ? sums : _sums[key] = new Sums();
    }

    private sealed class Sums
    {
        public long Traces { get; set; }

        public long Observations { get; set; }

        public long Requests { get; set; }

        public long Errors { get; set; }

        public long InputTokens { get; set; }

        public long OutputTokens { get; set; }

        public decimal CostUsd { get; set; }

        public bool IsEmpty => Traces == 0 && Observations == 0;

        public static Sums Of(IEnumerable<Sums> all)
        {
            var sums = new Sums();
            foreach (var one in all)
            {
                sums.Traces += one.Traces;
                sums.Observations += one.Observations;
                sums.Requests += one.Requests;
                sums.Errors += one.Errors;
                sums.InputTokens += one.InputTokens;
                sums.OutputTokens += one.OutputTokens;
                sums.CostUsd += one.CostUsd;
            }

            return sums;
        }

        public void Add(ObservationText observation)
        {
            Observations++;
            Requests += observation.Type == "GENERATION" ? 1 : 0;
            Errors += observation.Level == "ERROR" ? 1 : 0;
            InputTokens += observation.Input;
            OutputTokens += observation.OutputTokens;
            CostUsd += observation.Cost;
        }
    }
}
