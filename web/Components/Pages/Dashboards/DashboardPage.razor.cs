using Actors.Dashboards;
using Actors.Filtering;
using Actors.Live;
using Actors.Queries;
using Actors.Web.Components.Controls.Lists;
using Actors.Web.Model.Dashboards;
using Actors.Web.Model.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Actors.Web.Components.Pages.Dashboards;

/// <summary>
/// One dashboard. Its widgets are asked for in the order in which they are read, again when something changes, and what the
/// live edge knows is kept right by it.
/// </summary>
public sealed partial class DashboardPage(IDashboardStore dashboards, LiveFeed live, IJSRuntime js)
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);

    // A range that ends now moves on even when nothing happens.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Of the time that somebody watches, the read model is asked for at most one part in as many.
    private const int Share = 20;

    private static readonly (TimeRange Range, string Text)[] Ranges =
        [(TimeRange.Hour, "1 h"), (TimeRange.Day, "24 h"), (TimeRange.Week, "7 d"), (TimeRange.Month, "30 d")];

    private TimeRange _range = TimeRange.Day;
    private ListState _narrow = DashboardFilters.Empty;
    private QueryBar? _bar;
    private DashboardRecord? _board;
    private BuiltInDashboard? _builtIn;
    private IReadOnlyList<WidgetSlot> _slots = [];
    private LiveSubscription? _subscription;
    private LiveFilter? _live;
    private CancellationTokenSource _asking = new();
    private Task _running = Task.CompletedTask;
    private string _asked = "";
    private string _shown = "";
    private string _name = "";
    private string _description = "";
    private string? _problem;
    private long? _askedAt;
    private long _position;
    private TimeSpan _took;
    private bool _missing;
    private bool _failed;
    private bool _sure;

    /// <summary>The dashboard in the address.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>The range in the address; absent: the last day.</summary>
    [SupplyParameterFromQuery(Name = "range")]
    public string? RangeText { get; set; }

    /// <summary>What all widgets are narrowed to, in the words of observations; absent: nothing.</summary>
    [SupplyParameterFromQuery]
    public string? F { get; set; }

    /// <summary>Whether it is edited.</summary>
    [SupplyParameterFromQuery(Name = "edit")]
    public string? EditText { get; set; }

    /// <summary>The tile whose widget is edited, or <c>new</c>.</summary>
    [SupplyParameterFromQuery]
    public string? Widget { get; set; }

    /// <inheritdoc/>
    protected override Shortcut[] Keys =>
    [
        new("e", "Edit the dashboard, or be done", ToggleEdit),
        new("/", "Write a filter", () => _bar?.FocusAsync() ?? Task.CompletedTask),
    ];

    private bool IsEditing => EditText == "1" && _builtIn is null;

    private IAnalyticsGrain Analytics => Grains.GetGrain<IAnalyticsGrain>(Info!.Id.Value);

    // What all widgets are narrowed to: the page, its environments, and the dashboard itself.
    private Filter Narrowed => Filter.All(
        _narrow.Filter,
        Environments.And(FilterCatalog.Observations, Filter.Everything),
        FilterJson.Read(FilterCatalog.Observations, _board!.Filters).Filter ?? Filter.Nothing);

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        _range = TimeRange.Parse(RangeText, TimeRange.Day);
        _narrow = DashboardFilters.Empty.WithText(F);
        (_problem, _sure) = (null, false);
        if (_board?.Id != Id)
            await ReadAsync();

        // Editing asks nothing new.
        var shown = $"{Id}|{_range.Text}|{F}|{Environments.Text}";
        if (shown != _shown && _subscription is not null)
            Ask();
        _shown = shown;
    }

    /// <inheritdoc/>
    protected override async Task BeatAsync(bool back)
    {
        if (_board is null && !_missing)
            await ReadAsync();
        if (_board is null)
        {
            StateHasChanged();
            return;
        }

        if (back)
            Ask();
        var changed = ShowLive();
        if (_running.IsCompleted && IsDue())
            Ask();
        if (changed)
            StateHasChanged();
    }

    /// <inheritdoc/>
    protected override async ValueTask LeaveAsync()
    {
        _subscription?.Dispose();
        _subscription = null;
        await _asking.CancelAsync();
        _asked = "";
    }

    private bool IsDue()
    {
        var age = _askedAt is { } at ? Time.GetElapsedTime(at) : Patience;
        var rest = _took * Share > Refresh ? _took * Share : Refresh;
        if (age < rest)
            return false;
        return _slots.Any(s => s.State == SlotState.Failed)
            || (!_range.IsFixed && (age >= Patience || (_subscription?.State?.Position ?? _position) != _position));
    }

    private async Task ReadAsync()
    {
        _builtIn = BuiltInDashboards.Find(Id);
        try
        {
            _board = _builtIn?.ToRecord() ?? (await dashboards.FindAsync(Info!.Id, Id, Gone)).Value;
            (_missing, _failed) = (_board is null, false);
            if (_board is not null)
                await ShowAsync(_board);
        }
        catch (Exception) when (!Gone.IsCancellationRequested)
        {
            // The next beat tries again.
            _failed = true;
        }
    }

    private async Task ShowAsync(DashboardRecord board)
    {
        var own = board.Placements.Where(p => p.Kind == PlacementKind.Widget).Select(p => p.ContentId).Distinct().ToList();
        var widgets = _builtIn?.Content.Widgets
            ?? (await dashboards.FindWidgetsAsync(Info!.Id, own, Gone)).ToDictionary(w => w.Id, w => w.Content);
        var before = _slots.ToDictionary(s => s.Placement.Id);
        List<WidgetSlot> slots = [];
        foreach (var tile in GridLayout.Reading(board.Placements))
        {
            var widget = tile.Kind == PlacementKind.Preset ? BuiltInDashboards.Preset(tile.ContentId) : widgets.GetValueOrDefault(tile.ContentId);

            // What is shown already stays while it is only moved.
            if (before.GetValueOrDefault(tile.Id) is { } slot && slot.Placement.ContentId == tile.ContentId && slot.Widget == widget)
                slot.Placement = tile;
            else
                slot = new WidgetSlot(tile, widget);
            slots.Add(slot);
        }

        (_board, _slots) = (board, slots);
        (_name, _description) = (board.Name, board.Description);
    }

    // Asks for all widgets, unless exactly this is being asked already.
    private void Ask()
    {
        if (_board is null || _narrow.Problem is not null || !RendererInfo.IsInteractive)
            return;

        Subscribe();
        _asking.Cancel();
        _asking.Dispose();
        _asking = CancellationTokenSource.CreateLinkedTokenSource(Gone);
        _position = _subscription?.State?.Position ?? 0;
        _askedAt = Time.GetTimestamp();
        _running = AskAsync(_asking.Token);
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var (from, to) = _range.At(now);
        var page = new PageQuestion(Narrowed, from, to, new FigureFrame(now, $"board-{Id}", at => Clock.Second(at)));
        var runner = new WidgetRunner(query => Analytics.QueryMetricsAsync(query));
        var slots = _slots.Where(s => !s.IsLive).ToList();
        var began = Time.GetTimestamp();
        try
        {
            await runner.RunAsync(slots, page, () => InvokeAsync(StateHasChanged), cancellationToken);
            _took = Time.GetElapsedTime(began);
        }
        catch (OperationCanceledException)
        {
            // Something else is asked now.
        }
    }

    private void Subscribe()
    {
        var narrowed = LiveNumbers.Narrowing(Narrowed);
        var wanted = _range.IsFixed ? LiveWindows.None : Course.WindowOf(_range.Length);
        var key = $"{narrowed?.Text ?? "-"}|{wanted}|{_range.Text}";
        if (_subscription is not null && key == _asked)
            return;

        (_asked, _live) = (key, narrowed);
        var before = _subscription;
        _subscription = live.Subscribe(LiveScope.Of(Info!.Id, narrowed ?? LiveFilter.Everything), static () => { }, wanted);
        before?.Dispose();
        foreach (var slot in _slots)
            slot.IsLive = false;
    }

    // The numbers that the live edge keeps; returns whether one has changed.
    private bool ShowLive()
    {
        if (_live is not { } narrowed || _range.IsFixed || _subscription is not { Stale: false, State: { } state } || state.Window(Course.WindowOf(_range.Length)) is not { } window)
            return false;

        var changed = false;
        foreach (var slot in _slots)
        {
            if (slot.Widget is not { } widget || LiveNumbers.Of(widget, narrowed) is not { } read)
                continue;
            var figure = WidgetFigures.Number(widget, widget.Metrics[0], read(window.Current), window.Previous is { } previous ? read(previous) : null);
            changed |= !slot.IsLive || (slot.Figure as NumberFigure)?.Summary != figure.Summary;
            (slot.Figure, slot.State, slot.Problem, slot.IsLive, slot.AsOf) = (figure, SlotState.Ready, null, true, state.At);
            slot.Question ??= WidgetQuestion.Of(widget, Narrowed, state.At - _range.Length, state.At).Question;
        }

        return changed;
    }

    private Task<string> ExplainAsync(WidgetQuestion question) => Analytics.ExplainMetricsAsync(question.Query);

    private void Open(WidgetOpening opened)
    {
        if (opened.Question is not { } question)
            return;
        var range = opened.Time is { } time ? TimeRange.Between(time.From, time.To) : _range;
        Navigation.NavigateTo(WidgetLinks.Traces(Info!.Id, question, opened.Pick, range));
    }

    private void Zoom(ChartZoom zoom)
    {
        if (zoom.To - zoom.From >= TimeSpan.FromSeconds(1))
            Navigation.NavigateTo(Address(IsEditing, range: TimeRange.Between(zoom.From, zoom.To)));
    }

    private void Narrow(ListState narrow) => Navigation.NavigateTo(Address(IsEditing, filter: narrow.Text));

    private Task ToggleEdit()
    {
        if (_builtIn is null && _board is not null)
            Navigation.NavigateTo(Address(!IsEditing));
        return Task.CompletedTask;
    }

    private string Address(bool edit, string? widget = null, TimeRange? range = null, string? filter = null)
    {
        var (shown, text) = (range ?? _range, filter ?? F ?? "");
        string[] said =
        [
            shown == TimeRange.Day ? "" : $"range={shown.Text}",
            text.Length == 0 ? "" : $"f={Uri.EscapeDataString(text)}",
            edit ? "edit=1" : "",
            widget is null ? "" : $"widget={Uri.EscapeDataString(widget)}",
        ];
        var query = string.Join('&', said.Where(s => s.Length > 0));
        return Keep(ProjectPath.Dashboard(Info?.Id ?? new ProjectId(Project), Id) + (query.Length > 0 ? $"?{query}" : ""));
    }
}
