using System.Collections.Immutable;
using Actors.Live;
using Actors.Queries;
using Actors.Web.Model.Live;

namespace Actors.Web.Components.Pages.Live;

// Follows what is pushed, and reads what is not.
public sealed partial class LivePage
{
    private static readonly TimeSpan ChangesRefresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan HistoryRefresh = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HeatRefresh = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ReasonsRefresh = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RunningRefresh = TimeSpan.FromSeconds(10);

    // News are read soon, but not as often as they come.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SoonReasons = TimeSpan.FromSeconds(5);

    private const ChangeKinds Values = ChangeKinds.Model | ChangeKinds.PromptVersion | ChangeKinds.Release;

    private readonly LiveNews _news = new();
    private readonly LiveMarks _marks = new();
    private Reading<Course> _history = null!;
    private Reading<Course> _scores = null!;
    private Reading<LatencyHeatmap> _heat = null!;
    private Reading<Changes> _newErrors = null!;
    private Reading<Changes> _newValues = null!;
    private Reading<Failures> _failures = null!;
    private Reading<RunningAgents> _agents = null!;
    private LiveLinks? _links;
    private IReadOnlyList<TileModel> _tiles = [];
    private ImmutableArray<FeedTrace> _feed = [];
    private LivePageView _view = new() { Address = LiveAddress.Parse(null, null, null, null) };
    private DateTimeOffset? _asOf;
    private bool _settling;
    private int _running;
    private int _values;
    private long _beats;
    private Task _reading = Task.CompletedTask;
    private object _asked = new();

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _history = new(Time, HistoryRefresh, HistoryRefresh);
        _scores = new(Time, HeatRefresh, HeatRefresh);
        _heat = new(Time, HeatRefresh, HeatRefresh);
        _newErrors = new(Time, ChangesRefresh, Soon);
        _newValues = new(Time, ChangesRefresh, Soon);
        _failures = new(Time, ReasonsRefresh, SoonReasons);
        _agents = new(Time, RunningRefresh, Soon);
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
            HoldBack(state);
        else
            await FollowAsync(state, changed || back);
    }

    private async Task FollowAsync(LiveState? state, bool changed)
    {
        _now = Time.GetUtcNow();
        if (state is not null)
            Take(state);
        if (_reading.IsCompleted)
            _reading = ReadAsync();

        // The axis moves once a second even when nothing happens.
        if (state is not null && Range.IsLive && (changed || _beats % 2 == 0))
        {
            var course = Course.Of(state, Range.Length, _now);
            _tiles = LiveTiles.Of(course, Score, _beats % 2 == 0 || _tiles.Count == 0 ? null : _tiles);
            await DrawAsync(course, _beats % 2 == 0);
        }
        else if (changed && _history.Value is { } history && state?.Window(Course.WindowOf(Range.Length)) is { } window)
        {
            // The course of a long range comes from history, its figures are as live as all others.
            _tiles = LiveTiles.Of(history with { Current = window.Current, Previous = window.Previous, Yesterday = window.Yesterday }, Score, _tiles.Count == 0 ? null : _tiles);
        }
        _beats++;
        Show();
        if (_board is { } board)
            await board.MarkAsync(_view.Marks);
        StateHasChanged();
    }

    private void Take(LiveState state)
    {
        (_feed, _lag, _running) = (state.Feed, state.Lag, state.Running);
        _asOf = state.At;
        _settling = !Range.IsFixed && state.Window(Course.WindowOf(Range.Length))?.IsWaiting == true;
        _empty = state.Feed.IsEmpty && !Range.IsFixed;
        var (failed, unknown, runs) = _news.Notice(state);
        if (failed)
        {
            _newErrors.Hint();
            _failures.Hint();
        }
        if (unknown)
            _newValues.Hint();
        if (runs)
            _agents.Hint();
    }

    private void Restart()
    {
        _asked = new object();
        _tiles = [];
        _pausedAt = null;
        _news.Reset();
        _marks.Reset();
        _board?.Reset();
        _history.Reset();
        _scores.Reset();
        _heat.Reset();
        _newErrors.Reset();
        _newValues.Reset();
        _failures.Reset();
        _agents.Reset();
    }

    // Another chart of the same numbers, or another score: what is known is drawn anew, what is not is read.
    private void Choose(LiveAddress before)
    {
        if (before.By != _address.By && _address.By == RequestsBy.Name)
            _history.Reset();
        _tiles = [];
    }

    private async Task DrawAsync(Course course, bool isWhole)
    {
        _values = course.Series(_address.By == RequestsBy.Name ? LiveDimension.TraceName : LiveDimension.Model).Count();

        // The board appears with the next rendering, and asks for everything then.
        if (_board is { } board)
            await board.DrawAsync(course, isWhole);
    }

    // Read beside the beat, so that a slow read model never holds up what is pushed.
    private async Task ReadAsync()
    {
        if (_board is null)
            return;
        var (asked, range, filter, once) = (_asked, Range, _filter, Range.IsFixed);
        var analytics = Grains.GetGrain<IAnalyticsGrain>(Info!.Id.Value);
        var heat = HistoryWindows.Heat(range, _now, filter);
        var (from, to) = range.At(_now);

        if (!range.IsLive && await AskAsync(_history, () => HistoryAsync(analytics, HistoryWindows.Query(range, to, filter), once)))
            await DrawHistoryAsync();
        await AskAsync(_agents, () => analytics.ListRunningAsync(new RunningQuery { Since = to - (2 * RunningTrace.Lease), Filter = filter }));
        if (await AskAsync(_newErrors, () => analytics.GetChangesAsync(NewIn(heat, ChangeKinds.Error))))
            _marks.Take(ChangeKinds.Error, _newErrors.Value!);
        if (await AskAsync(_newValues, () => analytics.GetChangesAsync(NewIn(heat, Values))))
            _marks.Take(Values, _newValues.Value!);
        if (await AskAsync(_scores, () => ScoresAsync(analytics, HistoryWindows.Scores(range, to, filter), once)))
            await _board.DrawScoresAsync(_scores.Value!);
        if (await AskAsync(_heat, () => analytics.GetLatencyHeatmapAsync(heat)))
            await _board.DrawHeatAsync(_heat.Value!, heat);
        await AskAsync(_failures, () => analytics.GetFailuresAsync(new FailuresQuery { From = from, To = to, Filter = filter, Limit = FailureRows.Rows }));

        async Task<bool> AskAsync<T>(Reading<T> reading, Func<Task<T>> ask)
            where T : class =>
            IsWanted() && reading.IsDue(once) && await reading.AskAsync(ask, IsWanted);

        bool IsWanted() => asked == _asked && !Gone.IsCancellationRequested;
    }

    private static ChangesQuery NewIn(HeatmapQuery time, ChangeKinds kinds) => new() { From = time.From, To = time.To, Kinds = kinds, Filter = time.Filter };

    private async Task<Course> HistoryAsync(IAnalyticsGrain analytics, HistoryQuery query, bool isFixed)
    {
        // Spend is by model whatever the chart of requests tells apart.
        HistoryQuery[] questions = _address.By == RequestsBy.Name ? [query, query with { By = LiveDimension.TraceName }] : [query];
        var answers = await Task.WhenAll(questions.Select(analytics.GetHistoryAsync));
        return Course.Of(answers, query, open: !isFixed);
    }

    private static async Task<Course> ScoresAsync(IAnalyticsGrain analytics, HistoryQuery query, bool isFixed) =>
        Course.Of([await analytics.GetHistoryAsync(query)], query, open: !isFixed);

    private async Task DrawHistoryAsync()
    {
        var course = _history.Value!;
        _tiles = LiveTiles.Of(course, Score);
        await DrawAsync(course, isWhole: true);
    }

    private void Show()
    {
        // Names of the shown window come first: they are what the tile is about.
        List<string> names = [.. _scores.Value is { } scores ? LiveScores.Names(scores.Current) : []];
        var score = _address.Score ?? names.FirstOrDefault();
        if (score is not null && !names.Contains(score))
            names.Insert(0, score);
        var pushed = Freshness.Pushed(_asOf, _now, Paused);
        _view = new LivePageView
        {
            Address = _address,
            Links = _links,
            Tiles = _tiles,
            Feed = _feed,
            Running = RunningLine.Of(_agents.Value, _feed, _now),
            RunningCount = _running,
            Failures = _failures.Value,
            IsNew = _marks.IsNew,
            Marks = _links is null ? [] : _marks.Show(_links, _now),
            KnowsChanges = _newErrors.At is not null && _newValues.At is not null,
            KnowsRunning = _agents.At is not null,
            Scores = names,
            Score = score,
            HasSpread = _scores.Value is { } known && LiveScores.Spread(known.Current, score) is not null,
            Values = _values,
            Now = _now,
            IsSettling = _settling,
            Pushed = pushed,
            Charts = Range.IsLive ? pushed : Freshness.Read(_history, _now, Paused, Range.IsFixed),
            Quality = Freshness.Read(_scores, _now, Paused, Range.IsFixed),
            Heat = Freshness.Read(_heat, _now, Paused, Range.IsFixed),
            Reasons = Freshness.Read(_failures, _now, Paused, Range.IsFixed),
        };
    }
}
