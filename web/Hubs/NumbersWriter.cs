using System.Collections.Immutable;
using Actors.Contracts;
using Actors.Live;
using Actors.Web.Model.Live;

namespace Actors.Web.Hubs;

/// <summary>Writes what one question is to be told: the whole, or what leads from one state to another.</summary>
internal sealed class NumbersWriter(NumbersQuestion question)
{
    public LiveMessage Write(LiveView? told, LiveView now) =>
        told is not null && Follows(told.State, now.State) ? Tick(told, now) : Snapshot(now);

    // A new activation of the grain counts versions from the start; after it, and after a deletion, seconds may be gone. Then all
    // is told anew.
    private bool Follows(LiveState told, LiveState now)
    {
        if (now.Version < told.Version)
        {
            return false;
        }

        var oldest = (now.At - LiveState.Kept).ToUnixTimeSeconds();
        return !question.Points || Series(told).All(s => Holds(now.Points(s.Key), s.Value, oldest));
    }

    private LiveSnapshotMessage Snapshot(LiveView view)
    {
        var state = view.State;
        return new LiveSnapshotMessage
        {
            Version = state.Version,
            At = state.At,
            LagMs = state.Lag?.TotalMilliseconds,
            Stale = view.IsStale,
            Position = state.Position,
            Running = state.Running,
            FirstSecond = Seen(state)?.FirstSecond,
            LastSecond = Seen(state)?.LastSecond,
            TracesSeen = state.TracesSeen,
            Windows = [.. Windows(state).Select(w => w.ToWire(question))],
            Series = question.Points ? [.. Series(state).Select(s => ToWire(s.Key, s.Value))] : null,
            Feed = question.Feed > 0 ? [.. Feed(state).Select(t => t.ToWire())] : null,
        };
    }

    private LiveTickMessage Tick(LiveView told, LiveView view)
    {
        var (was, now) = (told.State, view.State);
        return new LiveTickMessage
        {
            Version = now.Version,
            Since = was.Version,
            At = now.At,
            LagMs = now.Lag?.TotalMilliseconds,
            Stale = view.IsStale,
            Position = now.Position,
            Running = now.Running,
            FirstSecond = Seen(now)?.FirstSecond,
            LastSecond = Seen(now)?.LastSecond,
            TracesSeen = now.TracesSeen,
            Windows = Some(ChangedWindows(was, now)),
            Ended = Some(was.Windows.Keys.Where(w => Asked(w) && !now.Windows.ContainsKey(w)).Select(LiveWire.ToWire)),
            Series = question.Points ? Some(ChangedSeries(was, now)) : null,
            Feed = Some(Feed(now).Except<FeedTrace>(Feed(was), ReferenceEqualityComparer.Instance).Select(t => t.ToWire())),
            Left = Some(Feed(was).Select(t => t.TraceId).Except(Feed(now).Select(t => t.TraceId))),
            Scores = question.Scores ? Some(now.Scores.Where(s => s.Changed > was.Version).Reverse().Select(s => s.Score.ToWire())) : null,
        };
    }

    private LiveSeen? Seen(LiveState state) => question.Windows.HasFlag(LiveWindows.AllTime) ? state.Seen : null;

    private IEnumerable<LiveWindow> Windows(LiveState state) =>
        state.Windows.Where(w => Asked(w.Key)).OrderBy(w => w.Key.Key.Dimension).ThenBy(w => w.Key.Key.Value, StringComparer.Ordinal)
            .ThenBy(w => w.Key.Window).Select(w => w.Value);

    private IEnumerable<LiveWindowBody> ChangedWindows(LiveState was, LiveState now) =>
        from window in Windows(now)
        let before = was.Windows.GetValueOrDefault((window.Key, window.Window))
        where !ReferenceEquals(before, window) && (before is null || !Same(before, window))
        select window.ToWire(question);

    // The start slides along with time and is no news by itself.
    private bool Same(LiveWindow before, LiveWindow window) =>
        before.IsWaiting == window.IsWaiting
        && SameStats(before.Current, window.Current)
        && (!question.Compare || (SameStats(before.Previous, window.Previous) && SameStats(before.Yesterday, window.Yesterday)));

    private IEnumerable<KeyValuePair<LiveSeriesKey, ImmutableArray<StampedPoint>>> Series(LiveState state) =>
        state.Series.Where(s => Asked(s.Key)).OrderBy(s => s.Key.Dimension).ThenBy(s => s.Key.Value, StringComparer.Ordinal);

    private IEnumerable<LiveSeriesBody> ChangedSeries(LiveState was, LiveState now) =>
        from series in Series(now)
        let changed = Changed(was.Points(series.Key), series.Value)
        where changed.Length > 0
        select ToWire(series.Key, changed);

    private IEnumerable<FeedTrace> Feed(LiveState state) => state.Feed.Take(question.Feed);

    private bool Asked((LiveSeriesKey Key, LiveWindows Window) window) => Asked(window.Key) && question.Windows.HasFlag(window.Window);

    private bool Asked(LiveSeriesKey key) => question.By.Contains(key.Dimension);

    private static ImmutableArray<StampedPoint> Changed(ImmutableArray<StampedPoint> was, ImmutableArray<StampedPoint> now)
    {
        if (was == now)
        {
            return [];
        }

        // Both rise, so one step of the old ones per second is enough.
        var changed = ImmutableArray.CreateBuilder<StampedPoint>();
        var old = 0;
        foreach (var point in now)
        {
            while (old < was.Length && was[old].Second < point.Second)
            {
                old++;
            }

            if (old == was.Length || was[old].Second != point.Second || !ReferenceEquals(was[old].Stats, point.Stats))
            {
                changed.Add(point);
            }
        }

        return changed.ToImmutable();
    }

    private static bool Holds(ImmutableArray<StampedPoint> now, ImmutableArray<StampedPoint> told, long oldest)
    {
        var place = 0;
        foreach (var point in told)
        {
            while (place < now.Length && now[place].Second < point.Second)
            {
                place++;
            }

            if (point.Second >= oldest && (place == now.Length || now[place].Second != point.Second))
            {
                return false;
            }
        }

        return true;
    }

    private LiveSeriesBody ToWire(LiveSeriesKey key, ImmutableArray<StampedPoint> points) =>
        new(LiveWindowNames.NameOf(key.Dimension), key.Value, [.. points.Select(p => new LivePointBody(p.Second, p.Stats.ToWire(question.Distributions)))]);

    private static bool SameStats(LiveStats? one, LiveStats? other) =>
        one is null || other is null
            ? ReferenceEquals(one, other)
            : one.Scores.SequenceEqual(other.Scores) && one with { Scores = other.Scores } == other;

    private static List<T>? Some<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;
}
