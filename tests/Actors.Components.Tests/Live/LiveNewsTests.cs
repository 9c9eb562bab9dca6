using Actors.Live;
using Actors.Queries;
using Actors.Web.Model.Live;
using Microsoft.Extensions.Time.Testing;
using static Actors.Components.Sample;

namespace Actors.Components.Live;

/// <summary>When the read model is asked: at news soon, else now and then.</summary>
public sealed class LiveNewsTests
{
    private static LiveState State(params LiveSeries[] series) => LiveState.From(new LiveSnapshot { Version = 1, At = T0, Series = series });

    private static LivePoint Failed(int after) => new() { Second = Second(after), Stats = new LiveStats { Observations = 2, Errors = 1 } };

    private static LiveWindow Of(LiveDimension dimension, string value) => Sample.Window(LiveStats.Empty, null) with { Key = new LiveSeriesKey(dimension, value) };

    [Fact]
    public void An_error_is_news_once()
    {
        var news = new LiveNews();
        var state = State(Total(Failed(-3), Point(-2, 1)));

        Assert.True(news.Notice(state).Failed);
        Assert.False(news.Notice(state).Failed);
        Assert.False(news.Notice(state.Apply(Tick(2, 0, Total(Point(0, 3))))!).Failed);
        Assert.True(news.Notice(state.Apply(Tick(2, 0))!.Apply(Tick(3, 0, Total(Failed(-1))))!).Failed);
    }

    [Fact]
    public void A_model_a_release_and_a_prompt_version_are_news_when_they_were_never_seen()
    {
        var news = new LiveNews();
        var state = State() with { Windows = State().Windows };
        Assert.False(news.Notice(state).Unknown);

        LiveState With(long version, params LiveWindow[] windows) => state.Apply(Tick(2) with { Version = 2, Windows = windows })! with { Version = version };
        Assert.True(news.Notice(With(2, Of(LiveDimension.Model, "m"))).Unknown);
        Assert.False(news.Notice(With(3, Of(LiveDimension.Model, "m"))).Unknown);
        Assert.True(news.Notice(With(4, Of(LiveDimension.Model, "m"), Of(LiveDimension.Release, "m"))).Unknown);
        Assert.False(news.Notice(With(5, Of(LiveDimension.TraceName, "chat"))).Unknown);
        Assert.False(news.Notice(With(6)).Unknown);
        Assert.False(news.Notice(With(7, Of(LiveDimension.Model, "m"))).Unknown);
    }

    [Fact]
    public void What_runs_is_news_until_it_has_ended()
    {
        var news = new LiveNews();

        Assert.True(news.Notice(State() with { Running = 1 }).Runs);
        Assert.True(news.Notice(State() with { Version = 2, Running = 0 }).Runs);
        Assert.False(news.Notice(State() with { Version = 3, Running = 0 }).Runs);
    }

    [Fact]
    public async Task An_answer_is_asked_for_again_soon_when_there_is_news_and_else_now_and_then()
    {
        var time = new FakeTimeProvider(T0);
        var reading = new Reading<string>(time, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(2));
        Assert.True(reading.IsDue(once: true));
        Assert.True(await reading.AskAsync(() => Task.FromResult("first"), () => true));

        time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(reading.IsDue(once: false));
        reading.Hint();
        Assert.True(reading.IsDue(once: false));
        Assert.False(reading.IsDue(once: true));
        Assert.True(await reading.AskAsync(() => Task.FromResult("second"), () => true));

        reading.Hint();
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(reading.IsDue(once: false));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(reading.IsDue(once: false));
        Assert.Equal("second", reading.Value);
    }

    [Fact]
    public async Task An_answer_that_fails_leaves_the_one_before_and_one_that_nobody_wants_is_dropped()
    {
        var time = new FakeTimeProvider(T0);
        var reading = new Reading<string>(time, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2));
        await reading.AskAsync(() => Task.FromResult("first"), () => true);
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.False(await reading.AskAsync(() => Task.FromException<string>(new TimeoutException()), () => true));
        Assert.Equal(("first", T0, true), (reading.Value, reading.At, reading.HasFailed));
        Assert.False(await reading.AskAsync(() => Task.FromResult("late"), () => false));
        Assert.Equal("first", reading.Value);
        Assert.Equal(new Freshness("late", "10.0 s old", T0), Freshness.Read(reading, time.GetUtcNow(), isPaused: false, isFixed: false));
        Assert.Equal("paused", Freshness.Read(reading, time.GetUtcNow(), isPaused: true, isFixed: false).Text);
    }

    [Fact]
    public void Marks_are_joined_from_answers_about_some_kinds_each()
    {
        var links = new LiveLinks(Project, LiveFilter.Everything, EnvironmentChoice.All);
        var marks = new LiveMarks();
        Change Of(ChangeKinds kind, string value, int after) => new() { Kind = kind, Value = value, At = T0.AddSeconds(after), Count = 3, TraceId = "t1" };

        marks.Take(ChangeKinds.Error, new Changes(1, [Of(ChangeKinds.Error, "boom", 1) with { Name = "search", Message = "boom" }]));
        marks.Take(ChangeKinds.Model | ChangeKinds.Release, new Changes(1, [Of(ChangeKinds.Model, "gpt-6", 2), Of(ChangeKinds.Release, "1.2", 0)]));
        Assert.Equal(["New model: gpt-6", "New error: search: boom", "New release: 1.2"], marks.Show(links, T0).Select(m => m.Title));
        Assert.True(marks.IsNew(new Failure("search", "boom", "boom", 1, T0, "t", "o")));
        Assert.Same(marks.Show(links, T0), marks.Show(links, T0));

        marks.Take(ChangeKinds.Model | ChangeKinds.Release, new Changes(2, []));
        Assert.Equal(["error"], marks.Show(links, T0).Select(m => m.Kind));
        marks.Reset();
        Assert.Empty(marks.Show(links, T0));
    }

    [Fact]
    public void What_runs_is_told_with_what_was_pushed_since()
    {
        var step = new RunningStep("o1", "rerank", Tracing.ObservationType.Tool, null, T0.AddSeconds(3), 2);
        RunningAgent Agent(string id, int updated) => new(id, id, T0, T0.AddSeconds(updated), new Tracing.TraceSummary { Running = 1, TotalTokens = 10 }, step);
        var answer = new RunningAgents(7, [Agent("grows", 4), Agent("ended", 4), Agent("quiet", 5), Agent("lost", -900)]);
        var grows = Feed("grows", 6, running: 1) with { Summary = new Tracing.TraceSummary { Running = 1, TotalTokens = 25 } };

        var lines = RunningLine.Of(answer, [grows, Feed("ended", 6)], T0.AddSeconds(70));

        Assert.Equal(["grows", "quiet", "lost"], lines.Select(l => l.TraceId));
        Assert.Equal([25, 10, 10], lines.Select(l => (int)l.Tokens));
        Assert.Equal([RunningState.Quiet, RunningState.Quiet, RunningState.Lost], lines.Select(l => l.State));
        Assert.Equal(TimeSpan.FromSeconds(70), lines[0].Since);
        Assert.Equal(TimeSpan.FromSeconds(67), lines[0].StepSince);
        Assert.Equal(RunningState.Runs, RunningLine.Of(answer, [grows], T0.AddSeconds(30))[0].State);
    }

    [Fact]
    public void The_address_says_what_is_not_usual()
    {
        var usual = LiveAddress.Parse(null, null, null, null);
        Assert.Equal("?", usual.ToQuery());
        Assert.Equal(usual, LiveAddress.Parse("x", "", "y", new string('s', 201)));

        var address = LiveAddress.Parse("1h", "env:production", "tokens", "tone & style");
        Assert.Equal("?range=1h&f=env%3Aproduction&by=tokens&score=tone%20%26%20style", address.ToQuery());
        Assert.Equal(RequestsBy.Tokens, address.By);
    }
}
