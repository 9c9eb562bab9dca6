using System.Text.Json;
using Actors.Contracts;
using Actors.Live;
using Actors.Web.Hubs;
using Actors.Web.Model.Live;
using static Actors.Web.Tests.Hubs.LiveSamples;

namespace Actors.Web.Tests.Hubs;

/// <summary>
/// Goal: a client that applies messages as docs/live.md says knows what a newcomer is told, whichever steps it was spared. Method:
/// random histories of a live edge, with late seconds, deleted traces, ended models, lost seconds and new activations; after each
/// step one of several clients catches up from wherever it was, and must equal a snapshot.
/// </summary>
public sealed class NumbersWriterTests
{
    private static readonly NumbersQuestion[] Questions =
    [
        new(Project, LiveFilter.Everything),
        new(Project, LiveFilter.Everything)
        {
            Windows = LiveWindows.Minute | LiveWindows.Hour, By = DimensionSet.Of(LiveDimension.Total, LiveDimension.Model),
            Compare = true, Points = true, Distributions = true, Feed = 3,
        },
        new(Project, LiveFilter.Everything) { Feed = 50, Points = true },
    ];

    [Fact]
    public void Whatever_was_skipped_messages_lead_to_what_a_newcomer_is_told()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var writers = Questions.Select(q => new NumbersWriter(q)).ToList();
            var clients = writers.SelectMany(w => Enumerable.Range(0, 3).Select(_ => (Writer: w, Client: new Client()))).ToList();
            var history = new History(random);
            for (var step = 0; step < 20; step++)
            {
                var view = new LiveView(history.Next(), random.Next(10) == 0);
                foreach (var (writer, client) in clients.Where(_ => random.Next(2) == 0))
                {
                    client.Apply(writer.Write(client.Told, view), view);
                    Assert.True(client.Text == Client.Of(writer.Write(null, view)), $"Seed {seed}, step {step}:\n{client.Text}\n{Client.Of(writer.Write(null, view))}");
                }
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Distributions_are_told_to_whoever_asks_for_them(bool asked)
    {
        var state = LiveState.From(new LiveSnapshot { Version = 1, At = Start, Windows = [Window(3)] });
        var writer = new NumbersWriter(new NumbersQuestion(Project, LiveFilter.Everything) { Distributions = asked });

        var snapshot = Assert.IsType<LiveSnapshotMessage>(writer.Write(null, new LiveView(state, false)));

        var score = Assert.Single(Assert.Single(snapshot.Windows).Current.Scores);
        Assert.Equal(asked ? (-0.1235, 0.5, 1) : (null, null, (double?)null), (score.P10, score.P50, score.P90));
    }

    [Fact]
    public void What_has_not_changed_is_not_told_again()
    {
        var state = LiveState.From(new LiveSnapshot
        {
            Version = 1, At = Start, Windows = [Window(1)], Feed = [Trace("t1")],
            Series = [new LiveSeries(LiveSeriesKey.Total, [new LivePoint { Second = Start.ToUnixTimeSeconds(), Stats = Stats(1) }])],
        });
        var later = state.Apply(Tick(2) with { At = Start, Windows = [Window(1)] })!;

        var tick = Assert.IsType<LiveTickMessage>(new NumbersWriter(Questions[1]).Write(new LiveView(state, false), new LiveView(later, false)));

        Assert.Equal((2, 1), (tick.Version, tick.Since));
        Assert.Equal((null, null, null, null, null), (tick.Windows, tick.Series, tick.Ended, tick.Feed, tick.Left));
    }

    private sealed class History(Random random)
    {
        private static readonly string[] Models = ["gpt-4o", "haiku", "other"];

        private LiveState? _state;
        private DateTimeOffset _at = Start;

        public LiveState Next()
        {
            _at += TimeSpan.FromSeconds(random.Next(60));
            return _state = _state is null || random.Next(8) == 0 ? Anew() : _state.Apply(Change(_state.Version + 1))!;
        }

        private LiveState Anew() => LiveState.From(new LiveSnapshot
        {
            Version = random.Next(1, 200),
            At = _at,
            Windows = Windows(),
            Series = [.. Keys().Select(k => new LiveSeries(k, [.. Enumerable.Range(-4, 5).Where(_ => random.Next(2) == 0).Select(Point)]))],
            Feed = [.. Enumerable.Range(0, random.Next(5)).Select(_ => AnyTrace())],
            TracesSeen = random.Next(100),
        });

        private LiveTick Change(long version) => new()
        {
            Scope = LiveScope.Of(Project),
            Version = version,
            HasAllWindows = random.Next(4) == 0,
            At = _at,
            OldestReceivedAt = random.Next(2) == 0 ? _at.AddMilliseconds(-random.Next(100)) : null,
            Windows = Windows(),
            Changed = [.. Keys().Where(_ => random.Next(2) == 0).Select(k => new LiveSeries(k, [Point(-random.Next(10)), Point(1)]))],
            Feed = [.. Enumerable.Range(0, random.Next(3)).Select(_ => AnyTrace() with { IsDeleted = random.Next(4) == 0 })],
            TracesSeen = random.Next(100),
        };

        private List<LiveWindow> Windows() =>
        [
            .. from key in Keys()
            from window in new[] { LiveWindows.Minute, LiveWindows.FiveMinutes, LiveWindows.Hour }
            where random.Next(4) > 0
            select Window(random.Next(4), window) with { Key = key, IsWaiting = random.Next(3) == 0 },
        ];

        private static IEnumerable<LiveSeriesKey> Keys() => Models.Select(OfModel).Prepend(LiveSeriesKey.Total);

        private LivePoint Point(int second) => new() { Second = _at.ToUnixTimeSeconds() + second, Stats = Stats(random.Next(5), random.Next(2) == 0 ? null : 12.3456) };

        private FeedTrace AnyTrace() => Trace($"t{random.Next(8)}", random.Next(100), random.Next(30));
    }

    /// <summary>Applies messages as docs/live.md tells clients to.</summary>
    private sealed class Client
    {
        private readonly SortedDictionary<string, LiveWindowBody> _windows = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, SortedDictionary<long, LiveStatsBody>> _series = new(StringComparer.Ordinal);
        private readonly Dictionary<string, LiveTraceBody> _feed = [];
        private LiveNumbersMessage? _last;

        public LiveView? Told { get; private set; }

        public string Text { get; private set; } = "";

        public static string Of(LiveMessage snapshot)
        {
            var client = new Client();
            client.Apply(Assert.IsType<LiveSnapshotMessage>(snapshot), null);
            return client.Text;
        }

        public void Apply(LiveMessage sent, LiveView? view)
        {
            var message = JsonSerializer.Deserialize(LiveFrame.Of(sent).Json.Span, ContractsJsonContext.Default.LiveMessage)!;
            if (message is LiveSnapshotMessage whole)
            {
                _windows.Clear();
                _series.Clear();
                _feed.Clear();
                Merge(whole.Windows, whole.Series, whole.Feed);
            }
            else
            {
                var tick = Assert.IsType<LiveTickMessage>(message);
                Assert.Equal(_last!.Version, tick.Since);
                foreach (var key in tick.Ended ?? [])
                {
                    _windows.Remove(key.By + key.Value + key.Window);
                }

                foreach (var id in tick.Left ?? [])
                {
                    _feed.Remove(id);
                }

                Merge(tick.Windows, tick.Series, tick.Feed);
            }

            Told = view;
            _last = (LiveNumbersMessage)message;
            var oldest = (_last.At - LiveState.Kept).ToUnixTimeSeconds();
            foreach (var (name, points) in _series.ToList())
            {
                foreach (var second in points.Keys.Where(s => s < oldest).ToList())
                {
                    points.Remove(second);
                }

                if (points.Count == 0)
                {
                    _series.Remove(name);
                }
            }

            Text = Describe();
        }

        private void Merge(IReadOnlyList<LiveWindowBody>? windows, IReadOnlyList<LiveSeriesBody>? series, IReadOnlyList<LiveTraceBody>? feed)
        {
            foreach (var window in windows ?? [])
            {
                _windows[window.By + window.Value + window.Window] = window;
            }

            foreach (var one in series ?? [])
            {
                if (!_series.TryGetValue(one.By + one.Value, out var points))
                {
                    _series[one.By + one.Value] = points = [];
                }

                foreach (var point in one.Points)
                {
                    points[point.Second] = point.Stats;
                }
            }

            foreach (var trace in feed ?? [])
            {
                _feed[trace.Id] = trace;
            }
        }

        private string Describe()
        {
            var feed = _feed.Values.OrderByDescending(t => t.Timestamp).ThenByDescending(t => t.Id, StringComparer.Ordinal);
            return $"""
                {_last!.Version} {_last.At:O} {_last.Stale} {_last.TracesSeen}
                {JsonSerializer.Serialize(_windows)}
                {JsonSerializer.Serialize(_series)}
                {JsonSerializer.Serialize(feed)}
                """;
        }
    }
}
