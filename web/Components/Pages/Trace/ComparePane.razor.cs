using Actors.Web.Model;
using Actors.Web.Model.Trace.Compare;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Trace;

/// <summary>Two traces side by side: which spans they share, and what each took more or less.</summary>
public sealed partial class ComparePane
{
    private IReadOnlyList<SpanPair> _pairs = [];
    private List<SpanPair>? _shown;
    private (TraceViewModel, TraceViewModel)? _compared;
    private bool _onlyDifferent;
    private bool _shownOnlyDifferent;

    /// <summary>The trace of the page.</summary>
    [Parameter, EditorRequired]
    public TraceViewModel View { get; set; } = null!;

    /// <summary>The trace it is compared with; null while it is read.</summary>
    [Parameter]
    public TraceViewModel? Other { get; set; }

    /// <summary>The id of that trace.</summary>
    [Parameter, EditorRequired]
    public string OtherId { get; set; } = "";

    /// <summary>There is no such trace.</summary>
    [Parameter]
    public bool Missing { get; set; }

    /// <summary>The chosen span of the page's trace, or of the other when only that has it.</summary>
    [Parameter]
    public string? SelectedId { get; set; }

    /// <summary>Another pair was chosen.</summary>
    [Parameter]
    public EventCallback<SpanPair> Chosen { get; set; }

    /// <summary>The comparison the other way round.</summary>
    [Parameter, EditorRequired]
    public string SwapAddress { get; set; } = "";

    /// <summary>The page without a comparison.</summary>
    [Parameter, EditorRequired]
    public string EndAddress { get; set; } = "";

    private List<SpanPair> Shown
    {
        get
        {
            if (_shown is null || _shownOnlyDifferent != _onlyDifferent)
            {
                _shownOnlyDifferent = _onlyDifferent;
                _shown = _onlyDifferent ? [.. _pairs.Where(p => p.Depth == 0 || IsDifferent(p))] : [.. _pairs];
            }
            return _shown;
        }
    }

    private string Counted
    {
        get
        {
            var alone = _pairs.Count(p => !p.IsBoth);
            return alone == 0 ? $"{Format.Count(_pairs.Count)} spans in both" : $"{Format.Count(_pairs.Count - alone)} in both, {Format.Count(alone)} in one";
        }
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (Other is null || _compared == (View, Other))
            return;
        _compared = (View, Other);
        _pairs = TracePairs.Of(View.Tree, Other.Tree);
        _shown = null;
    }

    private bool IsChosen(SpanPair pair) => pair.Either.Id == SelectedId;

    // A tenth of the time is noise of the world.
    private static bool IsDifferent(SpanPair pair) =>
        !pair.IsBoth || pair.IsOtherLevel || pair.MoreTokens != 0 || pair.MoreCost is > 0 or < 0
        || (pair.Longer is { } longer && longer.Duration() > (pair.Left!.Value.Span.End - pair.Left.Value.Span.Start) / 10);

    private static string RowClass(SpanPair pair) => $"wf-row k-{pair.Either.Kind}";

    private static string Took(SpanLine? line) => line?.Span is { IsPoint: false } span
        ? span.IsRunning ? "running" : Format.Duration(span.EndAt(span.Start) - span.Start)
        : "";

    private static string Signed(long sign, string text) => sign > 0 ? "+" + text : sign < 0 ? "−" + text : text;

    private static string Tone(double? more) => more switch
    {
        > 0 => "more",
        < 0 => "less",
        _ => "",
    };
}
