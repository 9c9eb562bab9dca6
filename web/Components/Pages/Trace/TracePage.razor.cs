using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Components.Pages.Trace.Actions;
using Actors.Web.Model.Trace.Compare;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Trace;

/// <summary>One trace of a project, and what people do to it.</summary>
public sealed partial class TracePage
{
    // What of a list's address says which traces are in it, and in what order they are.
    private static readonly string[] ListKeys = ["f", "range", "sort", "env"];

    // Traces of one millisecond that a step can go over.
    private const int MaxTies = 100;

    private SpanPane? _spans;
    private TraceViewModel? _other;
    private string? _otherId;
    private bool _otherMissing;
    private SpanPair? _pair;
    private TraceAction? _open;
    private string? _note;

    /// <summary>The trace that this one is compared with; absent: none.</summary>
    [SupplyParameterFromQuery]
    public string? Cmp { get; set; }

    /// <summary>The filter of the list from which the trace was opened.</summary>
    [SupplyParameterFromQuery]
    public string? F { get; set; }

    /// <inheritdoc/>
    protected override Shortcut[] Keys =>
    [
        new("j", "Next span", () => MoveAsync(1)),
        new("k", "Previous span", () => MoveAsync(-1)),
        new("J", "Older trace of the list", () => StepTraceAsync(true)),
        new("K", "Newer trace of the list", () => StepTraceAsync(false)),
        new("[", "Previous tab", () => StepTabAsync(-1)),
        new("]", "Next tab", () => StepTabAsync(1)),
        new("e", "Score", () => OpenAsync(TraceAction.Score)),
        new("n", "Comment", CommentAsync),
        new("a", "Add to a dataset", () => OpenAsync(TraceAction.Dataset)),
    ];

    private protected override TraceAddress Address => base.Address with { Compare = Cmp, List = ListQuery };

    private protected override string Here => ProjectPath.Trace(Info!.Id, Id);

    private string? ListQuery
    {
        get
        {
            var query = new Uri(Navigation.Uri).Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries);
            var kept = string.Join('&', query.Where(p => ListKeys.Contains(p.Split('=')[0])));
            return kept.Length > 0 ? kept : null;
        }
    }

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        await base.LoadAsync();
        if (RendererInfo.IsInteractive && Cmp != _otherId)
            await ReadOtherAsync();
        _pair = _other is { } other && Shown is { } view && Address.Span.Length > 0
            ? TracePairs.Of(view.Tree, other.Tree).Where(p => p.Either.Id == Address.Span).Select(p => (SpanPair?)p).FirstOrDefault()
            : null;
    }

    private async Task ReadOtherAsync()
    {
        var id = _otherId = Cmp;
        (_other, _otherMissing) = (null, false);
        if (id is null)
            return;
        try
        {
            var other = StreamId.IsValidId(id) ? TraceViewModel.Of(await Grain(id).ReadAsync()) : null;
            if (id == _otherId)
                (_other, _otherMissing) = (other, other is null);
        }
        catch (Exception e) when (e is not OperationCanceledException && !Gone.IsCancellationRequested)
        {
            // The next change of the address asks again.
            (_otherId, _note) = (null, "The other trace does not answer.");
        }
    }

    private Task MoveAsync(int by) => Cmp is null && _spans is not null ? _spans.MoveAsync(by) : Task.CompletedTask;

    private Task StepTabAsync(int by)
    {
        var at = Math.Clamp(DetailTab.All.IndexOf(Address.Tab) + by, 0, DetailTab.All.Length - 1);
        Go(Address with { Tab = DetailTab.All[at] });
        return Task.CompletedTask;
    }

    private Task OpenAsync(TraceAction action)
    {
        _open = Shown is null || Cmp is not null ? null : action;
        StateHasChanged();
        return Task.CompletedTask;
    }

    private Task CommentAsync()
    {
        Go(Address with { Tab = DetailTab.Comments });
        return Task.CompletedTask;
    }

    // The neighbour by time among the traces of the list from which this one was opened.
    private async Task StepTraceAsync(bool older)
    {
        if (Shown is not { } view)
            return;
        _note = null;
        try
        {
            var at = view.Trace.Timestamp;
            var filter = Environments.And(FilterCatalog.Traces, TraceFilter.Empty.WithText(F).Filter);
            var page = await Grains.GetGrain<IAnalyticsGrain>(Info!.Id.Value).ListTracesAsync(new TraceQuery
            {
                Page = 1,
                Limit = MaxTies,
                Filter = filter,
                From = older ? null : at,
                To = older ? at.AddMilliseconds(1) : null,
                OrderBy = TraceOrder.Timestamp,
                Descending = older,
                TextLimit = 0,
            });
            var here = page.Items.ToList().FindIndex(t => t.Id == Id);
            if (page.Items.ElementAtOrDefault(here + 1) is { } next)
                Navigation.NavigateTo(ProjectPath.Trace(Info.Id, next.Id) + (base.Address with { Span = "", List = ListQuery }).ToQuery());
            else
                _note = older ? "This is the oldest trace of the list." : "This is the newest trace of the list.";
        }
        catch (Exception e) when (e is not OperationCanceledException && !Gone.IsCancellationRequested)
        {
            _note = "The list does not answer.";
        }
        StateHasChanged();
    }

    private void CompareWith(string id) => Go(Address with { Compare = id, Span = "" });

    private void LeaveDeleted() => Navigation.NavigateTo(ProjectPath.Traces(Info!.Id) + (ListQuery is { } list ? "?" + list : ""));

    private string SpanAddress(string span) => AddressOf(Address with { Span = span });

    private string FieldFile(string span, string field) => ProjectPath.TraceFile(Info!.Id, Id, span, field);
}
