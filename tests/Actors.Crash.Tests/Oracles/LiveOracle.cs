using System.Globalization;
using System.Text.Json.Nodes;

namespace Actors.Crash;

/// <summary>What part of a project live numbers are asked of.</summary>
/// <param name="Query">As it is asked; empty: the whole project.</param>
/// <param name="Conditions">As the oracle understands it.</param>
internal sealed record LiveQuestion(string Query, IReadOnlyDictionary<string, string> Conditions)
{
    public static LiveQuestion Everything { get; } = new("", new Dictionary<string, string>());

    public static LiveQuestion Of(string dimension, string value) => new(
        $"{dimension.ToLowerInvariant()}={Uri.EscapeDataString(value)}", new Dictionary<string, string> { [dimension] = value });

    public static LiveQuestion OfEnvironmentAndModel(string environment, string model) => new(
        $"filter={Uri.EscapeDataString($"env:{environment} model:{model}")}",
        new Dictionary<string, string> { ["Environment"] = environment, ["Model"] = model });
}

/// <summary>What the live numbers must be, in every window and series, counted from what is known to be stored.</summary>
internal sealed class LiveOracle
{
    private const long Day = 24 * 3_600;
    private const int AllTime = 0;

    private static readonly int[] Windows = [60, 300, 900, 3_600, (int)Day, AllTime];

    // By second.
    private readonly LiveFact[] _facts;
    private readonly long[] _seconds;

    public LiveOracle(IEnumerable<Told> told, LiveQuestion question)
    {
        _facts = [.. told
            .SelectMany(LiveFact.Of)
            .Where(f => question.Conditions.All(c => f.Dims.GetValueOrDefault(c.Key) == c.Value))
            .OrderBy(f => f.Second)];
        _seconds = [.. _facts.Select(f => f.Second)];
    }

    /// <summary>In what the server's windows differ; empty: in nothing.</summary>
    public IReadOnlyList<string> Differences(JsonNode answer)
    {
        var end = DateTimeOffset.Parse((string)answer["at"]!, CultureInfo.InvariantCulture).ToUnixTimeSeconds() + 1;
        var told = answer["windows"]!.AsArray().Select(w => w!).ToLookup(w => (int)w["seconds"]!);
        return [.. Windows.SelectMany(seconds => DifferencesIn(seconds, [.. told[seconds]], end))];
    }

    private IEnumerable<string> DifferencesIn(int seconds, IReadOnlyList<JsonNode> told, long end)
    {
        if (told.Count == 0)
        {
            return [$"{seconds} s: not told yet"];
        }

        if (seconds == AllTime)
        {
            return Compare("all time", SumsIn(long.MinValue, long.MaxValue), told, "current", isWhole: true);
        }

        var from = (long)told[0]["from"]!;

        // The short windows of yesterday begin at a quarter of a minute.
        var then = seconds <= 300 ? (end - seconds - Day) / 15 * 15 : from - Day;
        return
        [
            .. Compare($"{seconds} s from {from}", SumsIn(from, end), told, "current", isWhole: true),
            .. Compare($"{seconds} s before {from}", SumsIn(from - seconds, from), told, "previous", isWhole: false),
            .. Compare($"{seconds} s yesterday from {then}", SumsIn(then, then + seconds), told, "yesterday", isWhole: false),
        ];
    }

    // Windows are told of series that have something in them now.
    private static IEnumerable<string> Compare(
        string where, Dictionary<(string Dimension, string Value), LiveSums> sums, IReadOnlyList<JsonNode> told, string part, bool isWhole)
    {
        var nothing = new LiveSums(isOfTool: false);
        var keys = new HashSet<(string Dimension, string Value)>();
        foreach (var window in told)
        {
            var (dimension, value) = ((string)window["dimension"]!, (string)window["value"]!);
            keys.Add((dimension, value));
            var differences = window[part] is { } numbers
                ? sums.GetValueOrDefault((dimension, value), nothing).Differences(numbers)
                : [$"no {part} numbers"];
            foreach (var difference in differences.Concat((bool)window["isWaiting"]! ? ["still waiting"] : []))
            {
                yield return $"{where}, {dimension} {value}: {difference}";
            }
        }

        foreach (var missing in isWhole ? sums.Keys.Except(keys) : [])
        {
            yield return $"{where}, {missing.Dimension} {missing.Value}: missing";
        }
    }

    private Dictionary<(string Dimension, string Value), LiveSums> SumsIn(long from, long to)
    {
        var sums = new Dictionary<(string Dimension, string Value), LiveSums>();
        for (var i = FirstOf(from); i < _facts.Length && _seconds[i] < to; i++)
        {
            foreach (var key in _facts[i].Keys)
            {
                if (!sums.TryGetValue(key, out var sum))
                {
                    sums[key] = sum = new LiveSums(isOfTool: key.Dimension == "Tool");
                }

                sum.Add(_facts[i]);
            }
        }

        return sums;
    }

    private int FirstOf(long second)
    {
        var (low, high) = (0, _seconds.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _seconds[middle] < second ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
