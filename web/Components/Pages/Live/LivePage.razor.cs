using System.Collections.Immutable;
using Actors.Filtering;
using Actors.Live;
using Actors.Queries;
using Actors.Web.Model;
using Actors.Web.Model.Live;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Live;

/// <summary>
/// The live edge of a project. Short ranges are pushed second by second; longer ones come from history and are read again.
/// Pausing holds what is shown and counts what is held back.
/// </summary>
public sealed partial class LivePage(LiveFeed live)
{
    private static readonly (TimeRange Range, string Text)[] Ranges =
        [(TimeRange.Minute, "60 s"), (TimeRange.FiveMinutes, "5 min"), (TimeRange.Hour, "1 h"), (TimeRange.Day, "24 h")];

    private static readonly TimeSpan HistoryRefresh = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HeatRefresh = TimeSpan.FromSeconds(15);

    private readonly CourseCharts _charts = new();
    private TimeRange _range = TimeRange.Minute;
    private LiveBoard? _board;
    private LiveFilter _filter = LiveFilter.Everything;
    private FilterProblem? _problem;
    private string _written = "";
    private LiveSubscription? _subscription;
    private Course? _history;
    private IReadOnlyList<TileModel> _tiles = [];
    private ImmutableArray<FeedTrace> _feed = [];
    private DateTimeOffset _now;
    private DateTimeOffset? _staleSince;
    private TimeSpan? _lag;
    private DateTimeOffset? _asOf;
    private bool _settling;
    private Task _reading = Task.CompletedTask;
    private long? _historyAt;
    private long? _heatAt;
    private long? _pausedAt;
    private long _held;
    private long _beats;
    private int _models;
    private int _dirty;
    private bool _stale;
    private bool _empty;

    /// <summary>The range in the address; absent: the last minute.</summary>
    [SupplyParameterFromQuery(Name = "range")]
    public string? RangeText { get; set; }

    /// <summary>What is counted, in the readable language; absent: the whole project.</summary>
    [SupplyParameterFromQuery]
    public string? F { get; set; }

    /// <inheritdoc/>
    protected override Shortcut[] Keys => [new("Space", "Pause and resume", TogglePauseAsync)];

    private bool Paused => _pausedAt is not null;

    private string StateName => _range.IsFixed ? "fixed" : Paused ? "paused" : _stale ? "stale" : _subscription?.State is null ? "connecting" : "live";

    private string StateTone => StateName switch { "paused" => "warn", "stale" => "err", "live" => "ok", _ => "" };

    private string StateText => StateName switch
    {
        "fixed" => "Fixed range",
        "paused" => $"Paused · {Format.Count(_held)} new",
        "stale" => $"Stale since {Clock.Time(_staleSince!.Value)}",
        "live" => "Live",
        _ => "Connecting",
    };

    private string? StateTitle => StateName == "paused" ? "Traces that have begun since" : null;

    private string? Lag => StateName == "live" && _lag is { } lag ? Format.Duration(lag > TimeSpan.Zero ? lag : TimeSpan.Zero) : null;

    /// <inheritdoc/>
    protected override Task LoadAsync()
    {
        var range = TimeRange.Parse(RangeText, TimeRange.Minute);
        _now = Time.GetUtcNow();
        var before = _filter;
        _problem = LiveFilter.TryParse(F, out _filter);
        _filter = Environments.And(_filter);
        _written = F ?? "";
        if (range != _range || _filter != before)
        {
            _range = range;
            Restart();
            if (_subscription is not null)
                Subscribe();
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task BeatAsync(bool back)
    {
        if (back)
        {
            Restart();
            Subscribe();
        }

        if (_problem is not null)
            return;
        var changed = Interlocked.Exchange(ref _dirty, 0) != 0;
        var state = _subscription!.State;
        Watch(state);
        if (Paused)
        {
            HoldBack(state);
            return;
        }

        _now = Time.GetUtcNow();
        if (state is not null)
        {
            _feed = state.Feed;
            _lag = state.Lag;
            var window = _range.IsFixed ? null : state.Window(Course.WindowOf(_range.Length));
            (_asOf, _settling) = (window is null ? null : state.At, window?.IsWaiting == true);
            _empty = state.Feed.IsEmpty && !_range.IsFixed;
        }
        if (_reading.IsCompleted)
            _reading = ReadAsync();

        // The axis moves once a second even when nothing happens.
        if (state is not null && _range.IsLive && (changed || back || _beats % 2 == 0))
            await DrawAsync(Course.Of(state, _range.Length, _now), _beats % 2 == 0 || _tiles.Count == 0);
        else if (changed && _history is { } history && state?.Window(Course.WindowOf(_range.Length)) is { } window)
            // The course of a long range comes from history, its figures are as live as all others.
            _tiles = LiveTiles.Of(history with { Current = window.Current, Previous = window.Previous }, _tiles);
        _beats++;
        StateHasChanged();
    }

    /// <inheritdoc/>
    protected override ValueTask LeaveAsync()
    {
        _subscription?.Dispose();
        _subscription = null;
        return ValueTask.CompletedTask;
    }

    private string Address(TimeRange range) => Keep(Address(range, F));

    private static string Address(TimeRange range, string? filter)
    {
        string[] said = [range == TimeRange.Minute ? "" : $"range={range.Text}", string.IsNullOrWhiteSpace(filter) ? "" : $"f={Uri.EscapeDataString(filter)}"];
        return "?" + string.Join('&', said.Where(s => s.Length > 0));
    }

    private void ApplyFilter() => Navigation.NavigateTo(Keep(ProjectPath.Live(Info!.Id) + Address(_range, _written.Trim())));

    private void Subscribe()
    {
        var before = _subscription;
        var wanted = _range.IsFixed ? LiveWindows.None : Course.WindowOf(_range.Length);
        _subscription = live.Subscribe(LiveScope.Of(Info!.Id, _filter), () => Interlocked.Exchange(ref _dirty, 1), wanted);
        before?.Dispose();
    }

    private void Restart()
    {
        _charts.Reset();
        _tiles = [];
        _history = null;
        (_historyAt, _heatAt, _pausedAt) = (null, null, null);
    }

    private void Watch(LiveState? state)
    {
        _stale = _subscription!.Stale;
        _staleSince = _stale ? _staleSince ?? state?.At ?? Time.GetUtcNow() : null;
    }

    private void HoldBack(LiveState? state)
    {
        // After a restart of the grain its count begins anew, and so does ours.
        var held = state is null ? _held : Math.Max(0, state.TracesSeen - _pausedAt!.Value);
        if (held != _held)
        {
            _held = held;
            StateHasChanged();
        }
    }

    private async Task DrawAsync(Course course, bool sparklines)
    {
        _tiles = LiveTiles.Of(course, sparklines ? null : _tiles);
        _models = course.Models.Count;
        var (latency, requests) = _charts.Next(course);
        if (_board is null)
        {
            // The board appears with the next rendering; then everything is sent.
            _charts.Reset();
            return;
        }
        await _board.PushAsync(latency, requests);
    }

    // History is read beside the beat, so that a slow read model never holds up the feed.
    private async Task ReadAsync()
    {
        try
        {
            var analytics = Grains.GetGrain<IAnalyticsGrain>(Info!.Id.Value);
            var (range, filter) = (_range, _filter);
            if (!range.IsLive && (_historyAt is null || !range.IsFixed && Time.GetElapsedTime(_historyAt.Value) >= HistoryRefresh))
            {
                var query = HistoryWindows.Query(range, _now, filter);
                var history = await analytics.GetHistoryAsync(query);
                if (range != _range || filter != _filter || _board is null)
                    return;
                _historyAt = Time.GetTimestamp();
                _charts.Reset();
                var course = Course.Of(history, query, open: !range.IsFixed);
                _history = range.IsFixed ? null : course;
                await DrawAsync(course, sparklines: true);
            }
            if (_board is not null && (_heatAt is null || !range.IsFixed && Time.GetElapsedTime(_heatAt.Value) >= HeatRefresh))
            {
                var query = HistoryWindows.Heat(range, _now, filter);
                var heat = await analytics.GetLatencyHeatmapAsync(query);
                if (range != _range || filter != _filter || _board is null)
                    return;
                _heatAt = Time.GetTimestamp();
                await _board.PushHeatAsync(HeatFrame.Of(heat, query));
            }
        }
        catch (Exception e) when (e is not OperationCanceledException && !Gone.IsCancellationRequested)
        {
            // The live edge goes on; history is tried again after its usual wait.
            (_historyAt, _heatAt) = (Time.GetTimestamp(), Time.GetTimestamp());
        }
    }

    private Task TogglePauseAsync()
    {
        if (_range.IsFixed)
            return Task.CompletedTask;
        if (Paused)
        {
            _pausedAt = null;
            _charts.Reset();
        }
        else
        {
            _pausedAt = _subscription?.State?.TracesSeen ?? 0;
            _held = 0;
        }
        StateHasChanged();
        return Task.CompletedTask;
    }
}
