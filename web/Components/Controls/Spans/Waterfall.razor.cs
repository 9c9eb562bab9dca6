using Actors.Web.Model;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Controls.Spans;

/// <summary>The spans of a trace over time. Crosshair, wheel and dragging live in the browser, everything else here.</summary>
public sealed partial class Waterfall
{
    private TimeAxis _axis = TimeAxis.Straight(TimeSpan.FromMilliseconds(1));
    private WaterfallView _view = WaterfallView.Whole;
    private CriticalPath? _path;
    private string? _gaps;
    private List<(double Left, double Width, string Text)> _marks = [];

    /// <summary>Whether the critical path is drawn.</summary>
    [Parameter]
    public bool CriticalPath { get; set; }

    /// <summary>Whether idle gaps are drawn short.</summary>
    [Parameter]
    public bool ShortGaps { get; set; }

    /// <summary>Shows more or less of the trace around the chosen span, or around the middle when that is out of view.</summary>
    /// <param name="factor">By how much more is shown.</param>
    public async Task ZoomAsync(double factor)
    {
        var middle = (_view.From + _view.To) / 2;
        if (Tree.Find(SelectedId) is > 0 and var line && Middle(line) is var at && at >= _view.From && at <= _view.To)
            middle = at;
        await TellAsync(_view.Zoom(factor, middle));
    }

    /// <summary>Shows all of the trace.</summary>
    public Task FitAsync() => TellAsync(WaterfallView.Whole);

    private protected override async Task OnZoomedAsync(double from, double to)
    {
        await ShowAsync(WaterfallView.Of(from, to));
        StateHasChanged();
    }

    private protected override void Prepare()
    {
        _axis = ShortGaps ? TimeAxis.WithShortGaps(Tree, Now) : TimeAxis.Straight(Tree.Total(Now));
        _path = CriticalPath ? Model.Trace.CriticalPath.Of(Tree, Now) : null;
        _gaps = _axis.Gaps.Count == 0
            ? null
            : string.Join(';', _axis.Gaps.Select(g => $"{Format.Css(g.Start)},{Format.Css(g.Length)},{Format.Css(g.Place)},{Format.Css(g.Width)}"));
        Mark();
    }

    private protected override Task OnOtherKeyAsync(string key) => key switch
    {
        "+" or "=" => ZoomAsync(0.6),
        "-" => ZoomAsync(1 / 0.6),
        "0" => FitAsync(),
        _ => Task.CompletedTask,
    };

    private async Task TellAsync(WaterfallView view)
    {
        await ShowAsync(view);
        if (Script is not null)
            await Script.CallAsync("show", view.From, view.To);
        StateHasChanged();
    }

    private Task ShowAsync(WaterfallView view)
    {
        _view = view;
        Mark();
        return RefreshAsync();
    }

    private void Mark() => _marks =
    [
        .. _axis.Gaps
            .Select(g => (Left: _view.Percent(g.Place, _axis), Right: _view.Percent(g.Place + g.Width, _axis), g.Length))
            .Where(g => g.Right > 0 && g.Left < 100)
            .Select(g => (g.Left, g.Right - g.Left, Format.Duration(TimeSpan.FromMilliseconds(g.Length)))),
    ];

    private double Middle(int line)
    {
        var span = Tree.Lines[line].Span;
        var middle = span.Start + (span.EndAt(Now) - span.Start) / 2;
        return _axis.At((middle - Tree.Start).TotalMilliseconds) / _axis.Length;
    }

    private string Counted => Filter.IsActive
        ? $"{Format.Count(Lines.Count(l => l > 0 && Filter.Matches(Tree.Lines[l].Span)))} of {Format.Count(Tree.Lines.Count - 1)}"
        : Tree.Lines.Count == 2 ? "1 observation" : $"{Format.Count(Math.Max(0, Tree.Lines.Count - 1))} observations";

    private string? CostOf(SpanLine line) => Tree.HasCosts
        ? line.Cost is > 0 and var cost ? Format.Cost(cost) : null
        : line.Tokens > 0 ? Format.Number(line.Tokens) : null;

    private IReadOnlyList<(double Left, double Width)> Critical(int line) => _path is null ? [] : _view.Place(_path.On(line), _axis);

    private static string BarClass(WaterfallSpan span) =>
        (span.IsPoint ? " point" : "") + (span.IsRunning ? " running" : "") + (span.Failed ? " failed" : "");

    private static string LabelClass(LabelSide side) => side switch
    {
        LabelSide.Before => " before",
        LabelSide.Inside => " inside",
        _ => "",
    };

    private static double LabelLeft(WaterfallBar bar) => bar.Side switch
    {
        LabelSide.Before => bar.Left,
        LabelSide.Inside => Math.Clamp(bar.Left + bar.Width, 0, 100),
        _ => bar.Left + bar.Width,
    };
}
