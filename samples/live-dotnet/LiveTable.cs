using System.Globalization;
using Actors.Contracts;
using Spectre.Console;

namespace Actors.Samples.Live;

/// <summary>Draws the numbers: over the last ones in a terminal, a line per message where nobody looks.</summary>
public sealed class LiveTable(IAnsiConsole console)
{
    /// <summary>Shows the numbers as they are now.</summary>
    public void Show(LiveNumbers numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        if (numbers.Last is not { } last)
        {
            return;
        }

        if (!console.Profile.Out.IsTerminal)
        {
            var total = numbers.Windows.FirstOrDefault();
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"version {last.Version}: {total?.Current.Observations ?? 0} observations, ${total?.Current.CostUsd ?? 0}"));
            return;
        }

        console.Clear();
        console.Write(Draw(numbers, last));
    }

    /// <summary>Says a sentence.</summary>
    public void Say(string sentence) => console.WriteLine(sentence);

    private static Table Draw(LiveNumbers numbers, LiveNumbersMessage last)
    {
        var table = new Table().Title(string.Create(CultureInfo.InvariantCulture, $"{last.At:HH:mm:ss.f}{(last.LagMs is { } lag ? $", {lag:0} ms behind" : "")}{(last.Stale ? ", not connected" : "")}"));
        table.AddColumns("series", "window", "calls", "errors", "tokens", "cost", "p50", "p95");
        foreach (var window in numbers.Windows)
        {
            table.AddRow(Cells(window));
        }

        return table;
    }

    private static string[] Cells(LiveWindowBody window)
    {
        var stats = window.Current;
        return
        [
            Markup.Escape(window.By == "total" ? "all" : window.Value),
            window.Window,
            stats.Requests.ToString("N0", CultureInfo.InvariantCulture),
            stats.Errors.ToString("N0", CultureInfo.InvariantCulture),
            stats.TotalTokens.ToString("N0", CultureInfo.InvariantCulture),
            stats.CostUsd.ToString("$0.0000", CultureInfo.InvariantCulture),
            stats.LatencyP50Ms is { } p50 ? string.Create(CultureInfo.InvariantCulture, $"{p50:0} ms") : "",
            stats.LatencyP95Ms is { } p95 ? string.Create(CultureInfo.InvariantCulture, $"{p95:0} ms") : "",
        ];
    }
}
