using Actors.Live;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Components.Controls;
using Actors.Web.Model.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;

namespace Actors.Web.Components.Pages.Traces;

/// <summary>One line of the list and its place in it.</summary>
public sealed record TraceLine(int Index, TraceRecord Trace);

/// <summary>
/// The list of traces. It stays at one watermark of the log, so rows never jump: what comes later is counted and shown when
/// asked for. Traces that still run are read again in place.
/// </summary>
public sealed partial class TracesPage(LiveFeed live, IJSRuntime js)
{
    private const int TextLimit = 300;
    private const int RowHeight = 34;

    private static readonly (TimeRange Range, string Text)[] Ranges =
        [(TimeRange.Hour, "1 h"), (TimeRange.Day, "24 h"), (TimeRange.Week, "7 d"), (TimeRange.Month, "30 d")];

    private static readonly (string Head, bool Numeric, TraceOrder? Order)[] Columns =
    [
        ("Time", false, TraceOrder.Timestamp), ("Level", false, null), ("Name", false, TraceOrder.Name), ("Input", false, null),
        ("Output", false, null), ("Model", false, null), ("Latency", true, TraceOrder.Latency), ("Cost", true, TraceOrder.Cost),
        ("Tokens", true, TraceOrder.Tokens), ("User", false, TraceOrder.UserId), ("Session", false, TraceOrder.SessionId),
        ("Environment", false, null),
    ];

    private readonly Dictionary<int, TraceRecord> _seen = [];
    private ElementReference _scroller;
    private Virtualize<TraceLine>? _list;
    private QueryBar? _bar;
    private readonly ScriptObject _scroll = new(js, "scroll.js");
    private LiveSubscription? _subscription;
    private TraceFilter _filter = TraceFilter.Empty;
    private TraceQuery? _query;
    private TraceFacets? _facets;
    private DateTimeOffset _now;
    private long? _total;
    private DateTimeOffset _readAt;
    private long _watermark;
    private long _behind;
    private long _fresh;
    private int _current = -1;
    private int _dirty;
    private bool _loaded;
    private bool _failed;

    /// <summary>The filter in the readable language.</summary>
    [SupplyParameterFromQuery] public string? F { get; set; }

    /// <summary>The order, for example <c>-latency</c>.</summary>
    [SupplyParameterFromQuery] public string? Sort { get; set; }

    /// <summary>A part of the name, as addresses were before there was a language; so are the next six.</summary>
    [SupplyParameterFromQuery] public string? Name { get; set; }

    /// <summary>The exact user.</summary>
    [SupplyParameterFromQuery] public string? User { get; set; }

    /// <summary>The exact session.</summary>
    [SupplyParameterFromQuery] public string? Session { get; set; }

    /// <summary>Highest levels.</summary>
    [SupplyParameterFromQuery] public string[]? Level { get; set; }

    /// <summary>Environments.</summary>
    [SupplyParameterFromQuery] public string[]? Environment { get; set; }

    /// <summary>Exact names.</summary>
    [SupplyParameterFromQuery] public string[]? Named { get; set; }

    /// <summary>Models called.</summary>
    [SupplyParameterFromQuery] public string[]? Model { get; set; }

    /// <summary>When the traces began.</summary>
    [SupplyParameterFromQuery] public string? Range { get; set; }

    /// <inheritdoc/>
    protected override TimeSpan Pulse => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override Shortcut[] Keys =>
    [
        new("j", "Next trace", () => MoveAsync(1)),
        new("k", "Previous trace", () => MoveAsync(-1)),
        new("Enter", "Open the trace", OpenAsync),
        new("n", "Show new traces", RefreshAsync),
        new("/", "Write a filter", () => _bar?.FocusAsync() ?? Task.CompletedTask),
    ];

    private string FixedText
    {
        get
        {
            var (from, to) = _filter.Range.At(_now);
            return $"{Clock.Minute(from)} – {Clock.Minute(to)}";
        }
    }

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        var filter = (TraceFilter.Empty with { Range = TimeRange.Parse(Range, TimeRange.Day) })
            .WithOrder(Sort)
            .WithText(F)
            .AndContains("name", Name)
            .And("userId", User)
            .And("sessionId", Session)
            .AndOneOf("level", Level)
            .AndOneOf("environment", Environment)
            .AndOneOf("name", Named)
            .AndOneOf("model", Model);
        if (_query is not null && filter == _filter)
            return;

        _filter = filter;
        // The first rendering on the server only lays the page out; the circuit reads.
        if (RendererInfo.IsInteractive)
            await RefreshAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Info is not null && !Unknown)
            await _scroll.EnsureAsync("attach", _scroller, RowHeight, RowHeight);
    }

    /// <inheritdoc/>
    protected override async Task BeatAsync(bool back)
    {
        if (back)
            _subscription = live.Subscribe(LiveScope.Of(Info!.Id), () => Interlocked.Exchange(ref _dirty, 1));
        if (!_loaded)
            return;

        _now = Time.GetUtcNow();
        var changed = Interlocked.Exchange(ref _dirty, 0) != 0;
        var running = _seen.Values.Any(t => t.Summary.Running > 0);
        if (changed)
            await CountFreshAsync();
        if (running && changed && _list is not null)
            await _list.RefreshDataAsync();
        if (running || changed)
            StateHasChanged();
    }

    /// <inheritdoc/>
    protected override async ValueTask LeaveAsync()
    {
        _subscription?.Dispose();
        _subscription = null;
        if (Gone.IsCancellationRequested)
            await _scroll.DisposeAsync();
    }

    private IAnalyticsGrain Analytics => Grains.GetGrain<IAnalyticsGrain>(Info!.Id.Value);

    private string Address(TraceFilter filter) => ProjectPath.Traces(Info?.Id ?? new ProjectId(Project)) + filter.ToQuery();

    private string? Sorted(TraceOrder? order) => order != _filter.Order ? null : _filter.Descending ? "descending" : "ascending";

    private Task ChangeAsync(TraceFilter filter)
    {
        Navigation.NavigateTo(Address(filter));
        return Task.CompletedTask;
    }

    // Moves the list to the newest watermark and the range to now.
    private async Task RefreshAsync()
    {
        _now = Time.GetUtcNow();
        var query = _filter.Query(_now);
        _query = query;
        _current = -1;
        try
        {
            var first = Analytics.ListTracesAsync(query with { Limit = 1, TextLimit = 0 });
            var facets = await Analytics.GetTraceFacetsAsync(query);
            var page = await first;
            if (!ReferenceEquals(query, _query))
                return;
            (_watermark, _total, _facets, _fresh, _failed, _loaded) = (page.Watermark, page.TotalItems, facets, 0, false, true);
            _behind = page.IsPartial() ? page.Head - page.Watermark : 0;
            _readAt = Time.GetUtcNow();
        }
        catch (Exception e) when (e is not OperationCanceledException && !Gone.IsCancellationRequested)
        {
            _failed = true;
            return;
        }
        _seen.Clear();
        if (_list is not null)
            await _list.RefreshDataAsync();
        await _scroll.CallAsync("top");
        StateHasChanged();
    }

    private async ValueTask<ItemsProviderResult<TraceLine>> ProvideAsync(ItemsProviderRequest request)
    {
        if (_query is not { } query || !_loaded)
            return new([], 0);
        try
        {
            var page = await Analytics.ListTracesAsync(query with
            {
                Offset = request.StartIndex,
                Limit = Math.Clamp(request.Count, 1, TraceQuery.MaxLimit),
                TextLimit = TextLimit,
                FirstPositionUpTo = _watermark,
            });
            if (!ReferenceEquals(query, _query) || request.CancellationToken.IsCancellationRequested)
                return new([], (int)(_total ?? 0));

            _seen.Clear();
            var lines = page.Items.Select((trace, i) => new TraceLine(request.StartIndex + i, trace)).ToList();
            foreach (var line in lines)
                _seen[line.Index] = line.Trace;
            return new(lines, (int)Math.Min(int.MaxValue / RowHeight, page.TotalItems));
        }
        catch (Exception e) when (e is not OperationCanceledException && !Gone.IsCancellationRequested)
        {
            _failed = true;
            StateHasChanged();
            return new([], (int)(_total ?? 0));
        }
    }

    private async Task CountFreshAsync()
    {
        if (_query is not { To: null } query)
            return;
        try
        {
            var page = await Analytics.ListTracesAsync(query with { FirstPositionAfter = _watermark, Limit = 1, TextLimit = 0 });
            if (ReferenceEquals(query, _query))
                _fresh = page.TotalItems;
            _failed = false;
            // Nothing can jump in an empty list.
            if (_total == 0 && _fresh > 0)
                await RefreshAsync();
        }
        catch (Exception e) when (e is not OperationCanceledException && !Gone.IsCancellationRequested)
        {
            _failed = true;
        }
    }

    private Task OnKeyAsync(KeyboardEventArgs e) => e.Key switch
    {
        "ArrowDown" => MoveAsync(1),
        "ArrowUp" => MoveAsync(-1),
        "Home" => MoveAsync(-_current),
        "End" => MoveAsync((int)(_total ?? 0)),
        _ => Task.CompletedTask,
    };

    private async Task MoveAsync(int by)
    {
        if (_total is not > 0)
            return;
        _current = (int)Math.Clamp(_current + by, 0, _total.Value - 1);
        StateHasChanged();
        await _scroll.CallAsync("reveal", _current);
    }

    private Task OpenAsync()
    {
        if (_seen.TryGetValue(_current, out var trace))
            Navigation.NavigateTo(ProjectPath.Trace(Info!.Id, trace.Id));
        return Task.CompletedTask;
    }
}
