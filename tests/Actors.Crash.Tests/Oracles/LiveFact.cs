using System.Globalization;

namespace Actors.Crash;

/// <summary>One thing that live numbers count: a trace in the second of its start, an observation, a score.</summary>
/// <param name="Second">Where it counts.</param>
/// <param name="Dims">What it belongs to, by the words of the live numbers.</param>
/// <param name="Observation">The observation that it is, if it is one.</param>
/// <param name="Score">The score that it is, if it is one.</param>
internal sealed record LiveFact(long Second, IReadOnlyDictionary<string, string> Dims, ToldObservation? Observation, ToldScore? Score)
{
    private static readonly string[] Series = ["Model", "TraceName", "Environment", "Release", "PromptVersion", "Tool"];

    public IReadOnlyList<(string Dimension, string Value)> Keys { get; } =
        [("Total", ""), .. Series.Where(Dims.ContainsKey).Select(d => (d, Dims[d]))];

    public static IEnumerable<LiveFact> Of(Told told)
    {
        if (told.Trace is { } trace)
        {
            yield return new LiveFact(trace.Start.ToUnixTimeSeconds(), TraceDims(told, trace.Environment), null, null);
        }

        foreach (var o in told.Observations)
        {
            // It counts in the second of its end, or of its start while it runs.
            var dims = TraceDims(told, o.Environment);
            AddObservation(dims, o);
            Set(dims, "Tool", o.Type == "TOOL" ? o.Name : null);
            yield return new LiveFact((o.End ?? o.Start).ToUnixTimeSeconds(), dims, o, null);
        }

        foreach (var score in told.Scores)
        {
            var dims = TraceDims(told, score.Environment);
            if (told.Observations.FirstOrDefault(o => o.Id == score.Observation) is { } on)
            {
                AddObservation(dims, on);
            }

            Set(dims, "Session", score.Session);
            yield return new LiveFact(score.At.ToUnixTimeSeconds(), dims, null, score);
        }
    }

    private static Dictionary<string, string> TraceDims(Told told, string environment)
    {
        var dims = new Dictionary<string, string> { ["Environment"] = environment };
        Set(dims, "TraceName", told.Trace?.Name);
        Set(dims, "Release", told.Trace?.Release);
        Set(dims, "User", told.Trace?.User);
        Set(dims, "Session", told.Trace?.Session);
        return dims;
    }

    private static void AddObservation(Dictionary<string, string> dims, ToldObservation o)
    {
        Set(dims, "Model", o.Model);
        Set(dims, "Prompt", o.Prompt);
        Set(dims, "PromptVersion", o.Prompt is null ? null : string.Create(CultureInfo.InvariantCulture, $"{o.Prompt}@{o.PromptVersion}"));
    }

    private static void Set(Dictionary<string, string> dims, string name, string? value)
    {
        if (value is not null)
        {
            dims[name] = value;
        }
    }
}
