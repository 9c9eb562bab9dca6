using Actors.Live;
using Actors.Testing;
using Actors.Tracing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Actors.Grains.Tests.Whole;

/// <summary>
/// Goal: whatever is said in whatever order, and whoever ends meanwhile, after quiet the live numbers, the documents, the
/// lists and the columns all say the same, and it is what was said. Method: random histories through the real log, read
/// model and actors; then everything is compared with a fold and a recount of what was said. A failing property prints the
/// history and its seed.
/// </summary>
public sealed class WholeProperties(WholeProduct product) : IClassFixture<WholeProduct>
{
    private const int Histories = 24;

    private static readonly ProjectId Any = new("any");

    private static readonly LiveScope[] Scopes =
    [
        LiveScope.Of(Any),
        new(Any, LiveScopeKind.Session, "alpha"),
        new(Any, LiveScopeKind.User, "beta"),
        new(Any, LiveScopeKind.Prompt, "answer"),
        LiveScope.Of(Any, LiveFilter.All([new(LiveDimension.Environment, ["production", "default"]), new(LiveDimension.Model, ["model-a"])])),
    ];

    // Most is told when it happens; the rest minutes, hours and a day later, or by a clock that is ahead.
    private static readonly Gen<TimeSpan> Age = Gen.Frequency(
        (8, Gen.Constant(TimeSpan.Zero)),
        (1, Gen.Choose(5, 20).Select(m => TimeSpan.FromMinutes(m))),
        (1, Gen.Choose(1, 23).Select(h => TimeSpan.FromHours(h))),
        (1, Gen.Choose(-3, 10).Select(m => TimeSpan.FromHours(24) + TimeSpan.FromMinutes(m))),
        (1, Gen.Choose(10, 90).Select(s => -TimeSpan.FromSeconds(s))));

    private static readonly Gen<StreamId> Traces = Gen.Choose(1, 3).Select(n => StreamId.ForTrace($"trace-{n}"));

    private static readonly Gen<StreamId> Sessions = Gen.Elements("alpha", "beta").Select(StreamId.ForSession);

    private static readonly Gen<StreamEvent> ScoreOfSession = EventHistories.Event.Where(e => e is ScoreEvent or ScoreDeletedEvent);

    private static readonly Gen<Step> SayOfTrace = Say(Traces, EventHistories.Event);

    private static readonly Gen<Step> Disturb = Gen.Frequency(
        (1, Gen.Elements(Scopes).Select(s => new Step($"look at {s}", w => w.LookAsync(s)))),
        (1, Traces.Select(t => new Step($"deactivate {t}", w => w.DeactivateAsync(t)))),
        (1, Gen.Elements(Scopes).Select(s => new Step($"deactivate {s}", w => w.DeactivateAsync(s)))),
        (1, Gen.Elements(1, 5, 40, 200).Select(s => new Step($"{s} seconds pass", w => w.PassAsync(TimeSpan.FromSeconds(s))))));

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (12, SayOfTrace),
        (2, Say(Sessions, ScoreOfSession)),
        (2, Gen.Choose(0, 100).Select(n => new Step($"repeat {n}", w => w.RepeatAsync(n)))),
        (1, Traces.Select(t => new Step($"delete {t}", w => w.DeleteAsync(t)))),
        (2, Disturb),
        (2, from say in SayOfTrace
            from other in Disturb
            select new Step($"{say}, and meanwhile {other}", w => Task.WhenAll(say.Act(w), other.Act(w)))));

    private static readonly Gen<Step[]> Restart = Gen.Frequency(
        (6, Gen.Constant(Array.Empty<Step>())),
        (1, Gen.Elements(true, false).Select(abrupt => new[] { new Step($"restart, abrupt: {abrupt}", w => w.RestartAsync(abrupt)) })));

    private static readonly Gen<History> AllHistories =
        from count in Gen.Choose(4, 24)
        from before in Steps.ArrayOf(count)
        from restart in Restart
        from after in Steps.ArrayOf(count / 3)
        from seen in Gen.SubListOf(Scopes[1..])
        select new History([.. before, .. restart, .. after], [Scopes[0], .. seen.Take(2)]);

    [Fact]
    public void After_quiet_all_that_can_be_read_is_what_was_said() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(HistoryRun.Times(Histories)),
        Prop.ForAll(AllHistories.ToArbitrary(), async history =>
        {
            var world = new WholeWorld(product);
            foreach (var step in history.Steps)
            {
                await step.Act(world);
            }

            await world.CheckAsync(history.Scopes);
        }));

    private static Gen<Step> Say(Gen<StreamId> streams, Gen<StreamEvent> events) =>
        from stream in streams
        from count in Gen.Choose(1, 3)
        from said in events.ArrayOf(count)
        from age in Age
        select new Step($"say of {stream}, {age} ago: {string.Join("; ", said.Select(e => e.ToString()))}", w => w.SayAsync(stream, said, age));

    private sealed record History(IReadOnlyList<Step> Steps, IReadOnlyList<LiveScope> Scopes)
    {
        public override string ToString() => $"\n{string.Join('\n', Steps)}\nseen: {string.Join(", ", Scopes.AsEnumerable())}";
    }

    private sealed record Step(string Name, Func<WholeWorld, Task> Act)
    {
        public override string ToString() => Name;
    }
}
