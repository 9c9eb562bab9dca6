using Actors.Queries;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Controls.Lists;

/// <summary>The strip above a list: how its rows lie in time, with the slowest of each step.</summary>
public sealed partial class PulseStrip
{
    private static readonly (PulseKind Kind, string Text)[] Kinds =
        [(PulseKind.Count, "Count"), (PulseKind.Latency, "Latency"), (PulseKind.Cost, "Cost")];

    private LiveChart? _chart;
    private LiveChart? _drawn;
    private Pulse? _shown;
    private PulseKind _kind;

    /// <summary>The rows by time; null before they are read.</summary>
    [Parameter] public Pulse? Pulse { get; set; }

    /// <summary>The range of time that is looked at; null before it is known.</summary>
    [Parameter] public TimeRange? Range { get; set; }

    /// <summary>When the list was read.</summary>
    [Parameter] public DateTimeOffset At { get; set; }

    /// <summary>What the rows are, in the plural.</summary>
    [Parameter, EditorRequired] public string Noun { get; set; } = "";

    /// <summary>Another range of time is wanted.</summary>
    [Parameter] public EventCallback<TimeRange> OnRange { get; set; }

    /// <summary>One row is wanted.</summary>
    [Parameter] public EventCallback<PulsePoint> OnRow { get; set; }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_chart is null || Pulse is null || Range is null || (ReferenceEquals(_shown, Pulse) && ReferenceEquals(_drawn, _chart)))
            return;
        (_shown, _drawn) = (Pulse, _chart);
        var (from, to) = Range.At(At);
        await _chart.PushAsync(PulseView.Frame(_kind, Pulse, from, to));
    }

    private Task PickAsync(ChartPick pick)
    {
        var slowest = _kind == PulseKind.Latency && pick.Series == PulseView.SlowestSeries
            ? Pulse?.Buckets.FirstOrDefault(b => b.At == pick.From)?.Slowest
            : null;
        return slowest is not null ? OnRow.InvokeAsync(slowest) : OnRange.InvokeAsync(TimeRange.Between(pick.From, pick.To));
    }
}
