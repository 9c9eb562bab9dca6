using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>Windows: the short ones are sums of seconds, the long ones stand on what the read model adds up while they are wanted.</summary>
internal abstract partial class LiveGrain
{
    private const LiveWindows Always = LiveWindows.Minute | LiveWindows.FiveMinutes;

    // Who has read once is likely to read again.
    private static readonly TimeSpan WantedAfterRead = TimeSpan.FromMinutes(1);

    private readonly Dictionary<ILiveObserver, LiveWindows> _wantedBy = [];
    private readonly WindowSum _sum = new();
    private LiveWindows _wantedByReaders;
    private DateTimeOffset _wantedUntil;
    private Task _asking = Task.CompletedTask;

    /// <summary>Windows that are wanted in any case.</summary>
    protected virtual LiveWindows WantedAlways => LiveWindows.None;

    private LiveWindows Wanted => _wantedBy.Values.Aggregate(_wantedByReaders | WantedAlways, (all, more) => all | more);

    private LiveSeen? SeenOfAllTime => _board.Spans.Find(LiveWindows.AllTime)?.Tail?.Bucket?.Seen;

    private void Want(LiveWindows wanted)
    {
        var now = Time.GetUtcNow();
        _wantedByReaders = wanted | (now < _wantedUntil ? _wantedByReaders : LiveWindows.None);
        _wantedUntil = now + WantedAfterRead;
    }

    private void ForgetWanted()
    {
        foreach (var gone in _wantedBy.Keys.Where(o => !_observers.Observers.ContainsKey(o)).ToList())
        {
            _wantedBy.Remove(gone);
        }

        if (Time.GetUtcNow() >= _wantedUntil)
        {
            _wantedByReaders = LiveWindows.None;
        }
    }

    // Beside the traffic: facts that come while the read model is asked wait for its answer.
    private Task AskSpansAsync(CancellationToken cancellationToken) =>
        _asking.IsCompleted ? _asking = AskDueSpansAsync() : _asking;

    private async Task AskDueSpansAsync()
    {
        if (!_isSeeded || _board.IsIncomplete || _board.Spans.Ask(Wanted, Time.GetUtcNow()) is not { } question)
        {
            return;
        }

        try
        {
            var head = Math.Max(_position, await HeadAsync());
            var sums = await Analytics.GetLiveSumsAsync(new LiveSumsQuery { Filter = Scope.Filter, Ranges = question.Ranges, Own = question.Own });
            _board.Spans.Answer(question, sums, head, known: await HeadAsync());
        }
        catch (Exception e)
        {
            LogAskAgainFailed(e, Scope);
        }
        finally
        {
            _board.Spans.GiveUp(question);
        }
    }

    // The total moves with every tick; the other series are worth a sum only once a second.
    private List<LiveWindow> SumWindows(DateTimeOffset now, bool all)
    {
        var windows = new List<LiveWindow>();
        foreach (var window in (Wanted | Always).Each())
        {
            var plan = WindowPlan.Of(window, now);
            var spans = _board.Spans.Find(window);
            if (plan.Tail is not null && !IsKnown(spans, now))
            {
                continue;
            }

            // What is known serves until the window has moved on.
            var from = spans?.Plan.Tail is null ? plan.From : spans.Plan.From;
            var isWaiting = _board.IsWaiting(SecondsOf(plan, spans).From, plan.End) || spans?.IsDoubted == true;
            foreach (var key in all ? KeysOf(plan, spans) : [LiveSeriesKey.Total])
            {
                windows.Add(new LiveWindow
                {
                    Key = key,
                    Window = window,
                    From = from,
                    Current = SumCurrent(key, plan, spans),
                    Previous = SumPrevious(key, plan, spans),
                    Yesterday = SumSpan(key, spans?.Yesterday),
                    IsWaiting = isWaiting,
                });
            }
        }

        return windows;
    }

    // A tail whose following seconds are no longer kept cannot be added to them.
    private static bool IsKnown(WindowSpans? spans, DateTimeOffset now) =>
        spans is not null && spans.All.All(s => s.Bucket is not null)
        && (spans.Plan.Tail is not { } tail || tail == LiveRange.AllTime || LiveWindowOptions.IsLive(tail.To, now));

    private static LiveRange SecondsOf(WindowPlan plan, WindowSpans? spans) => spans?.Plan.Tail is { } tail
        ? new LiveRange(tail == LiveRange.AllTime ? plan.End : tail.To, plan.End)
        : new LiveRange(plan.From, plan.End);

    private IEnumerable<LiveSeriesKey> KeysOf(WindowPlan plan, WindowSpans? spans)
    {
        var seconds = SecondsOf(plan, spans);
        return _board.SeriesIn(Seconds(seconds.From, seconds.To)).Union(spans?.Tail?.Bucket?.Keys ?? []).Append(LiveSeriesKey.Total).Distinct();
    }

    private LiveStats SumCurrent(LiveSeriesKey key, WindowPlan plan, WindowSpans? spans)
    {
        _sum.Clear();
        if (spans?.Tail?.Bucket is { } tail && tail.TryGet(key, out var tally))
        {
            _sum.Add(tally);
        }

        var seconds = SecondsOf(plan, spans);
        _board.AddTo(_sum, key, seconds.From, seconds.To);
        return _sum.ToStats();
    }

    private LiveStats? SumPrevious(LiveSeriesKey key, WindowPlan plan, WindowSpans? spans)
    {
        if (plan.Tail is not null)
        {
            return SumSpan(key, spans?.Previous);
        }

        _sum.Clear();
        _board.AddTo(_sum, key, plan.From - plan.Length, plan.From);
        return _sum.ToStats();
    }

    private LiveStats? SumSpan(LiveSeriesKey key, BoardSpan? span)
    {
        if (span?.Bucket is not { } bucket)
        {
            return null;
        }

        _sum.Clear();
        _sum.Add(bucket.Find(key));
        return _sum.ToStats();
    }
}
