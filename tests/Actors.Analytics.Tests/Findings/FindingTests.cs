using System.Text.RegularExpressions;
using Actors.Analytics.Queries.Findings;
using Actors.Live;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Findings;

/// <summary>What is new, what fails and what runs, against plain LINQ over what the log folds to.</summary>
public sealed partial class FindingTests : IAsyncLifetime
{
    private readonly TestLog _log = new();
    private TestReadModel _model = null!;
    private Truth _truth = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DateTimeOffset From => Traffic.Start.AddSeconds(12);

    private static DateTimeOffset To => Traffic.Start.AddSeconds(45);

    public async ValueTask InitializeAsync()
    {
        await new Traffic(_log, seed: 12, deletes: true).AppendAsync(300);
        _model = new TestReadModel(_log);
        _truth = await Truth.OfAsync(_log);
    }

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("", 10)]
    [InlineData("env:staging", 10)]
    [InlineData("user:user-1,user-2", 600)]
    [InlineData("model:gpt-4o,model-1,model-2", 10)]
    public async Task New_is_what_occurs_in_the_window_and_not_before_it(string text, int lookBack)
    {
        Assert.Null(LiveFilter.TryParse(text, out var filter));
        var query = new ChangesQuery { From = From, To = To, LookBack = TimeSpan.FromSeconds(lookBack), Kinds = (ChangeKinds)15, Filter = filter };

        var changes = await _model.Analytics.GetChangesAsync(TestLog.Project, query, Token);

        Assert.NotEmpty(changes.Items);
        Assert.Equal(changes.Items.OrderByDescending(c => c.At).Select(c => c.At), changes.Items.Select(c => c.At));
        Truth.Same(Expected(query).OrderBy(Key, StringComparer.Ordinal).ToList(), [.. changes.Items.OrderBy(Key, StringComparer.Ordinal)]);
    }

    [Fact]
    public async Task Only_the_kinds_that_were_asked_for_are_told()
    {
        var query = new ChangesQuery { From = From, To = To, LookBack = TimeSpan.Zero, Kinds = ChangeKinds.Release };

        var changes = await _model.Analytics.GetChangesAsync(TestLog.Project, query, Token);

        Assert.Equal(["r1", "r2"], changes.Items.Select(c => c.Value).Order());
        Assert.All(changes.Items, c => Assert.Null(c.ObservationId));
    }

    [Fact]
    public async Task Failures_have_one_reason_whatever_numbers_and_ids_their_messages_bear()
    {
        var at = Traffic.Start.AddHours(2);
        await FailAsync("f1", at, "Request 8f3a77b0-11 timed out after 3012 ms");
        await FailAsync("f2", at.AddSeconds(1), "Request 77b08f3a-52 timed out after 29 ms");
        await FailAsync("f3", at.AddSeconds(2), "Refused");

        var failures = await _model.Analytics.GetFailuresAsync(TestLog.Project, new FailuresQuery { From = at, To = at.AddMinutes(1) }, Token);

        Assert.Equal(2, failures.Reasons);
        Assert.Equal(
            [("Request # timed out after # ms", "Request 77b08f3a-52 timed out after 29 ms", 2L, "f2"), ("Refused", "Refused", 1L, "f3")],
            failures.Items.Select(f => (f.Pattern, f.Message!, f.Count, f.TraceId)));
        Assert.All(failures.Items, f => Assert.Equal("search", f.Name));
    }

    [Fact]
    public async Task The_reasons_of_a_window_are_those_of_its_errors()
    {
        var errors = _truth.Observations.Where(o => o.Level == ObservationLevel.Error && o.CountedAt >= From && o.CountedAt < To).ToList();

        var failures = await _model.Analytics.GetFailuresAsync(TestLog.Project, new FailuresQuery { From = From, To = To, Limit = 50 }, Token);

        Assert.Equal(errors.CountBy(o => (o.Name, Pattern(o))).Select(f => (f.Key, (long)f.Value)).ToHashSet(), failures.Items.Select(f => ((f.Name, f.Pattern), f.Count)).ToHashSet());
        Assert.Equal(failures.Items.Count, failures.Reasons);
    }

    [Theory]
    [InlineData("")]
    [InlineData("env:production")]
    [InlineData("user:user-1")]
    public async Task What_runs_is_told_with_its_deepest_step(string text)
    {
        Assert.Null(LiveFilter.TryParse(text, out var filter));
        var query = new RunningQuery { Since = From, Limit = 50, Filter = filter };

        var running = await _model.Analytics.ListRunningAsync(TestLog.Project, query, Token);

        var expected = _truth.Traces.Select(t => t.Record)
            .Where(t => t.Summary.Running > 0 && t.UpdatedAt >= From && (text != "env:production" || t.Environment == "production") && (text != "user:user-1" || t.UserId == "user-1"))
            .OrderByDescending(t => t.UpdatedAt).ThenBy(t => t.Id, StringComparer.Ordinal).Take(50).Select(t => t.Id);
        Assert.NotEmpty(running.Items);
        Assert.Equal(expected.Order(), running.Items.Select(r => r.TraceId).Order());
        Assert.Equal(running.Items.OrderBy(r => r.StartedAt).Select(r => r.StartedAt), running.Items.Select(r => r.StartedAt));
        foreach (var agent in running.Items)
        {
            var open = _truth.Observations.Where(o => o.TraceId == agent.TraceId && o.EndTime is null && o.Type != ObservationType.Event).ToList();
            Assert.Contains(agent.Step!.ObservationId, open.Select(o => o.Id));

            // Their parents are nobody or the first one, so nothing lies deeper than one step.
            var deepest = open.Any(o => o.Id != o.ParentObservationId && open.Any(p => p.Id == o.ParentObservationId)) ? 1 : 0;
            Assert.True(agent.Step.Depth >= deepest, $"{agent.TraceId}: depth {agent.Step.Depth} instead of {deepest}");
        }
    }

    [Fact]
    public void The_deepest_step_is_found_in_a_circle_too()
    {
        OpenObservation Open(string id, string? parent, int at) => new("t", parent, new RunningStep(id, null, ObservationType.Span, null, From.AddSeconds(at), 0));

        Assert.Null(RunningReader.Deepest([]));
        Assert.Equal(("c", 2), Step([Open("d", "a", 4), Open("c", "b", 3), Open("b", "a", 2), Open("a", "gone", 1)]));
        Assert.Equal(("y", 1), Step([Open("y", "a", 9), Open("x", "a", 8), Open("a", null, 1)]));
        Assert.NotNull(RunningReader.Deepest([Open("a", "b", 1), Open("b", "a", 0)]));

        static (string, int) Step(OpenObservation[] open) => RunningReader.Deepest(open) is { } step ? (step.ObservationId, step.Depth) : default;
    }

    [Fact]
    public async Task Questions_out_of_bounds_are_refused()
    {
        var (changes, failures) = (new ChangesQuery { From = From, To = To, Kinds = ChangeKinds.Model }, new FailuresQuery { From = From, To = To });
        await RefusedAsync(() => _model.Analytics.GetChangesAsync(TestLog.Project, changes with { To = From.AddSeconds(-1) }, Token));
        await RefusedAsync(() => _model.Analytics.GetChangesAsync(TestLog.Project, changes with { LookBack = TimeSpan.FromDays(32) }, Token));
        await RefusedAsync(() => _model.Analytics.GetFailuresAsync(TestLog.Project, failures with { Limit = 51 }, Token));
        await RefusedAsync(() => _model.Analytics.ListRunningAsync(TestLog.Project, new RunningQuery { Since = From, Limit = 0 }, Token));
        await RefusedAsync(() => _model.Analytics.GetHistoryAsync(
            TestLog.Project, new HistoryQuery { From = From, To = To, Step = TimeSpan.FromSeconds(1), By = LiveDimension.Tool }, Token));

        static Task RefusedAsync(Func<Task> call) => Assert.ThrowsAnyAsync<ArgumentException>(call);
    }

    private static string Key(Change change) => $"{change.Kind}|{change.Value}|{change.Name}";

    private static string Pattern(ObservationRecord o) => NumbersAndIds().Replace(o.StatusMessage ?? "", "#");

    private IEnumerable<Change> Expected(ChangesQuery query)
    {
        var seen = _truth.Observations.Where(o => o.CountedAt >= query.From - query.LookBack && o.CountedAt < query.To && Counts(query.Filter, o.TraceId, o.Environment, o.Model)).ToList();
        var traces = _truth.Traces.Select(t => t.Record)
            .Where(t => t.Timestamp >= query.From - query.LookBack && t.Timestamp < query.To && !query.Filter.LeavesTracesOut && Counts(query.Filter, t.Id, t.Environment, null));
        return Of(ChangeKinds.Error, seen.Where(o => o.Level == ObservationLevel.Error).Select(o => (Pattern(o), o)))
            .Concat(Of(ChangeKinds.Model, seen.Where(o => o.Type.CallsModel() && o.Model is not null).Select(o => (o.Model!, o))))
            .Concat(Of(ChangeKinds.PromptVersion, seen.Where(o => o.PromptName is not null && o.PromptVersion is not null).Select(o => ($"{o.PromptName}@{o.PromptVersion}", o))))
            .Concat(traces.Where(t => t.Release is not null).GroupBy(t => t.Release!)
                .Select(g => (First: g.OrderBy(t => t.Timestamp).ThenBy(t => t.Id, StringComparer.Ordinal).First(), Count: g.Count()))
                .Select(g => new Change { Kind = ChangeKinds.Release, Value = g.First.Release!, At = g.First.Timestamp, Count = g.Count, TraceId = g.First.Id }))
            .Where(c => c.At >= query.From);
    }

    private static IEnumerable<Change> Of(ChangeKinds kind, IEnumerable<(string Value, ObservationRecord Observation)> seen) =>
        from s in seen
        group s.Observation by (s.Value, Name: kind == ChangeKinds.Error ? s.Observation.Name : null) into g
        let first = g.OrderBy(o => o.CountedAt).ThenBy(o => o.TraceId, StringComparer.Ordinal).ThenBy(o => o.Id, StringComparer.Ordinal).First()
        select new Change
        {
            Kind = kind,
            Value = g.Key.Value,
            Name = g.Key.Name,
            Message = kind == ChangeKinds.Error ? first.StatusMessage : null,
            At = first.CountedAt,
            Count = g.Count(),
            TraceId = first.TraceId,
            ObservationId = first.Id,
        };

    private bool Counts(LiveFilter filter, string traceId, string environment, string? model)
    {
        var trace = _truth.Traces.Find(t => t.Record.Id == traceId)?.Record;
        return filter.Conditions.All(condition => condition.Dimension switch
        {
            LiveDimension.Environment => environment,
            LiveDimension.Model => model,
            LiveDimension.User => trace?.UserId,
            _ => throw new NotSupportedException(),
        } is { } value && condition.Values.Contains(value));
    }

    private Task<long> FailAsync(string trace, DateTimeOffset at, string message) => _log.AppendAsync(
        StreamId.ForTrace(trace),
        at,
        new ObservationEvent
        {
            EventId = $"event-{trace}",
            Timestamp = at,
            ObservationId = $"{trace}-o",
            IsCreate = true,
            Name = "search",
            StartTime = at,
            EndTime = at,
            Level = ObservationLevel.Error,
            StatusMessage = message,
        });

    [GeneratedRegex("[0-9a-fA-F-]{8,}|[0-9]+")]
    private static partial Regex NumbersAndIds();
}
