using Actors.Filtering;
using Actors.Live;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Model.Live;
using Actors.Web.Model.People;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Users;

/// <summary>One user of the application: figures and courses over a range, what the user did, and how to forget it.</summary>
public sealed partial class UserPage(LiveFeed live, NamePrivacy privacy)
{
    private const int Rows = 50;

    private static readonly (TimeRange Range, string Text)[] Ranges =
        [(TimeRange.Hour, "1 h"), (TimeRange.Day, "24 h"), (TimeRange.Week, "7 d"), (TimeRange.Month, "30 d")];

    private static readonly (string Key, string Title)[] Tabs = [("traces", "Traces"), ("sessions", "Sessions"), ("scores", "Scores"), ("erase", "Erase")];

    // Courses of days need not follow every event.
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(2);

    private LiveSubscription? _subscription;
    private (string Id, TimeRange Range, string Tab, string? Env)? _shown;
    private TimeRange _range = TimeRange.Week;
    private HistoryQuery? _query;
    private HistoryWindow? _history;
    private IReadOnlyList<TileModel> _tiles = [];
    private IReadOnlyList<TraceRecord> _traces = [];
    private IReadOnlyList<TraceGroup> _sessions = [];
    private IReadOnlyList<ScoreItem> _scores = [];
    private LiveStats? _all;
    private LiveSeen? _seen;
    private DateTimeOffset _now;
    private long? _readAt;
    private int _dirty;
    private bool _loaded;
    private bool _failed;

    /// <summary>The user in the address.</summary>
    [Parameter]
    public string UserId { get; set; } = "";

    /// <summary>The range of time; absent: the last week.</summary>
    [SupplyParameterFromQuery]
    public string? Range { get; set; }

    /// <summary>traces, sessions, scores or erase; absent: traces.</summary>
    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    /// <inheritdoc/>
    protected override Shortcut[] Keys => [new("[", "Previous tab", () => StepTabAsync(-1)), new("]", "Next tab", () => StepTabAsync(1))];

    // Client ids may hold a slash, which the router keeps encoded.
    private string Id => UserId.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private PersonNames Names => new(Info?.Id ?? new ProjectId(Project), privacy.Hidden);

    private string CurrentTab => Array.Exists(Tabs, t => t.Key == Tab) ? Tab! : Tabs[0].Key;

    private TimeRange Held => _range.Held(_now);

    private IAnalyticsGrain Analytics => Grains.GetGrain<IAnalyticsGrain>(Info!.Id.Value);

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        _range = TimeRange.Parse(Range, TimeRange.Week);
        _now = Time.GetUtcNow();
        var shown = (Id, _range, CurrentTab, Env);
        if (_shown == shown || !RendererInfo.IsInteractive)
            return;
        if (_shown?.Id != Id)
        {
            Unsubscribe();
            (_all, _seen, _loaded) = (null, null, false);
        }
        _shown = shown;
        await ReadAsync();
    }

    /// <inheritdoc/>
    protected override async Task BeatAsync(bool back)
    {
        _subscription ??= live.Subscribe(
            new LiveScope(Info!.Id, LiveScopeKind.User, Id), () => Interlocked.Exchange(ref _dirty, 1), LiveWindows.AllTime);
        if (_subscription.State is { } state && state.Window(LiveWindows.AllTime) is { } all && !ReferenceEquals(all.Current, _all))
        {
            (_all, _seen) = (all.Current, state.Seen);
            StateHasChanged();
        }

        var due = _readAt is not { } at || Time.GetElapsedTime(at) >= Refresh;
        // Who was away, or is told nothing because too many parts of the project are watched, looks by themselves.
        if (back || _subscription.Refusal is not null)
            Interlocked.Exchange(ref _dirty, 1);
        if (due && (_failed || (Volatile.Read(ref _dirty) != 0 && !_range.IsFixed)))
        {
            Interlocked.Exchange(ref _dirty, 0);
            _now = Time.GetUtcNow();
            await ReadAsync();
            StateHasChanged();
        }
    }

    /// <inheritdoc/>
    protected override ValueTask LeaveAsync()
    {
        Unsubscribe();
        return ValueTask.CompletedTask;
    }

    private void Unsubscribe()
    {
        _subscription?.Dispose();
        _subscription = null;
    }

    private async Task ReadAsync()
    {
        var shown = _shown;
        _readAt = Time.GetTimestamp();
        try
        {
            await privacy.ReadAsync();
            var (from, to) = _range.At(_now);
            var query = HistoryWindows.Query(_range, _now, Environments.And(LiveFilter.Of(LiveDimension.User, Id)));
            var history = Analytics.GetHistoryAsync(query);
            var totals = await Analytics.ListTraceGroupsAsync(new TraceGroupQuery
            {
                Kind = TraceGroupKind.User, Ids = [Id], From = from, To = to, WithTotal = false, Counted = Environments.And(FilterCatalog.Traces, Filter.Everything),
            });
            var window = await history;
            await ReadTabAsync(from, _range.IsFixed ? to : null);
            if (_shown != shown)
                return;
            (_query, _history, _tiles) = (query, window, UserTiles.Of(window, totals.Items is [var found, ..] ? found : null));
            (_loaded, _failed) = (true, false);
        }
        catch (Exception e) when (e is not OperationCanceledException && !Gone.IsCancellationRequested)
        {
            _failed = true;
        }
    }

    private async Task ReadTabAsync(DateTimeOffset from, DateTimeOffset? to)
    {
        switch (CurrentTab)
        {
            case "sessions":
                var mine = Filter.OneOf(FilterCatalog.Sessions.Find("userId")!, null, [Id]);
                _sessions = (await Analytics.ListTraceGroupsAsync(new TraceGroupQuery
                {
                    Kind = TraceGroupKind.Session, Filter = Environments.And(FilterCatalog.Sessions, mine), From = from, To = to, Limit = Rows, WithTotal = false,
                })).Items;
                break;
            case "scores":
                _scores = (await Analytics.ListScoresAsync(new ScoreQuery
                {
                    Filter = Environments.And(FilterCatalog.Scores, Filter.Equal("userId", Id)), From = from, To = to, Limit = Rows, WithTotal = false,
                })).Items;
                break;
            case "traces":
                _traces = (await Analytics.ListTracesAsync(new TraceQuery
                {
                    Filter = Environments.And(FilterCatalog.Traces, Filter.Equal("userId", Id)), From = from, To = to, Limit = Rows, TextLimit = 2000, WithTotal = false,
                })).Items;
                break;
            default:
                // Whoever erases looks at all time, and asks by themselves.
                break;
        }
    }

    private Task ZoomAsync(ChartZoom zoom)
    {
        Navigation.NavigateTo(Address(TimeRange.Between(zoom.From, zoom.To), Tab));
        return Task.CompletedTask;
    }

    // A trace begins before its calls end, so the traces behind a point are looked for from a little earlier on.
    private Task PickAsync(ChartPick pick)
    {
        var traces = (TraceFilter.Empty with { Range = TimeRange.Between(pick.From.AddSeconds(-60), pick.To) }).And("userId", Id);
        Navigation.NavigateTo(Keep(ProjectPath.Traces(Info!.Id) + traces.ToQuery()));
        return Task.CompletedTask;
    }

    private Task StepTabAsync(int by)
    {
        var at = Math.Clamp(Array.FindIndex(Tabs, t => t.Key == CurrentTab) + by, 0, Tabs.Length - 1);
        Navigation.NavigateTo(Address(_range, Tabs[at].Key), replace: true);
        return Task.CompletedTask;
    }

    private string Address(TimeRange range, string? tab)
    {
        var query = string.Join('&', new[]
        {
            range == TimeRange.Week ? null : $"range={Uri.EscapeDataString(range.Text)}",
            tab is null or "traces" ? null : $"tab={tab}",
        }.OfType<string>());
        var path = ProjectPath.User(Info?.Id ?? new ProjectId(Project), Id);
        return Keep(query.Length == 0 ? path : $"{path}?{query}");
    }
}
