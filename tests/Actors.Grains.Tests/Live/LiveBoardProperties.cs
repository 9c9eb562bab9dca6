using Actors.Live;
using Actors.Testing;
using Actors.Tracing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Actors.Grains.Tests.Live;

/// <summary>
/// Goal: whatever happens on the way, after quiet the live numbers are those of the records. Method: random steps of a world
/// with two silos, late and repeated partials, lost facts, boards that start again from a read model that lags; then every
/// second and every window of every series is compared with a recount. A failing property prints its seed.
/// </summary>
public class LiveBoardProperties
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(HistoryRun.Times(300));

    private static readonly Gen<Step> AppendStep =
        from trace in Gen.Choose(0, 2)
        from count in Gen.Choose(1, 3)
        from events in EventHistories.Event.ArrayOf(count)
        from silo in Gen.Choose(0, 1)
        from isNew in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Step($"append to {trace} on {silo}, new actor: {isNew}: {string.Join(", ", events.Select(Short))}", w => w.Append(trace, events, silo, isNew));

    private static readonly Gen<Step> DeleteStep =
        from trace in Gen.Choose(0, 2)
        from silo in Gen.Choose(0, 1)
        from isNew in Gen.Elements(true, false)
        select new Step($"delete {trace} on {silo}, new actor: {isNew}", w => w.Delete(trace, silo, isNew));

    private static readonly Gen<Step> SendStep = Gen.Choose(0, 1).Select(silo => new Step($"send {silo}", w => w.Send(silo)));

    private static readonly Gen<Step> ArriveStep = Gen.Choose(0, 1).Select(silo => new Step($"arrive {silo}", w => w.Arrive(silo, isAcknowledged: true)));

    private static readonly Gen<Step> Quiet = Gen.Frequency((12, AppendStep), (1, DeleteStep), (6, SendStep), (6, ArriveStep));

    private static readonly Gen<Step> Faulty = Gen.Frequency(
        (12, Quiet),
        (2, DeleteStep),
        (1, from trace in Gen.Choose(0, 2)
            from events in EventHistories.Event.ArrayOf(2)
            from silo in Gen.Choose(0, 1)
            from isStored in Gen.Elements(true, false)
            select new Step($"unknown outcome on {trace}, stored: {isStored}: {string.Join(", ", events.Select(Short))}", w => w.AppendWithUnknownOutcome(trace, events, silo, isStored))),
        (1, from trace in Gen.Choose(0, 2)
            from silo in Gen.Choose(0, 1)
            select new Step($"deletion of {trace} on {silo} with unknown outcome", w => w.DeleteWithUnknownOutcome(trace, silo))),
        (1, Gen.Choose(0, 1).Select(silo => new Step($"arrive {silo} unacknowledged", w => w.Arrive(silo, isAcknowledged: false)))),
        (1, Gen.Choose(0, 4).Select(behind => new Step($"reset {behind} behind", w => w.Reset(behind)))),
        (2, Gen.Choose(0, 4).Select(behind => new Step($"ask {behind} behind", w => w.Ask(behind)))),
        (2, Gen.Constant(new Step("ask for windows", w => w.AskWindows()))),
        (2, Gen.Choose(0, 4).Select(behind => new Step($"reply {behind} behind", w => w.Reply(behind)))));

    private static readonly Gen<LiveFilter> Filters = Gen.Frequency(
        (4, Gen.Constant(LiveFilter.Everything)),
        (1, Condition(LiveDimension.TraceName, "alpha", "beta").Select(c => LiveFilter.All([c]))),
        (1, Condition(LiveDimension.Model, "model-a", "model-b").Select(c => LiveFilter.All([c]))),
        (1, Condition(LiveDimension.Session, "alpha", "").Select(c => LiveFilter.All([c]))),
        (1, Condition(LiveDimension.Tool, "gamma", "beta").Select(c => LiveFilter.All([c]))),
        (2, from environment in Condition(LiveDimension.Environment, "production", "staging")
            from user in Condition(LiveDimension.User, "alpha", "beta")
            from prompt in Condition(LiveDimension.Prompt, "answer", "greet")
            from version in Condition(LiveDimension.PromptVersion, "answer@1", "greet@2")
            from release in Condition(LiveDimension.Release, "alpha", "gamma")
            from some in Gen.SubListOf(environment, user, prompt, version, release)
            select LiveFilter.All(some)));

    private static readonly Gen<Step> CompareStep = Gen.Choose(0, 4).Select(behind => new Step($"compare {behind} behind", w => w.Compare(behind)));

    private static readonly Gen<Step> Deadly = Gen.Frequency(
        (20, Faulty),
        (1, Gen.Choose(0, 1).Select(silo => new Step($"die {silo}", w => w.Die(silo)))),
        (3, CompareStep));

    [Fact]
    public void What_a_dead_silo_had_not_told_is_found_and_healed() => ForAll(Deadly, w => w.Heal());

    [Fact]
    public void What_is_right_is_never_found_wrong_and_comparing_changes_nothing() => ForAll(Gen.Frequency((10, Quiet), (2, CompareStep)), w =>
    {
        w.Heal();
        Assert.Empty(w.Compare(behind: 0).Differences);
        Assert.Empty(w.Compare(behind: 0).Differences);
    });

    [Fact]
    public void Without_faults_the_numbers_are_those_of_the_records() => ForAll(Quiet);

    [Fact]
    public void With_every_fault_the_numbers_heal_to_those_of_the_records() => ForAll(Faulty);

    [Fact]
    public void What_is_told_long_after_heals_the_windows_that_it_belongs_to() => ForAll(Faulty, late: TimeSpan.FromMinutes(30));

    private static void ForAll(Gen<Step> step, Action<LiveWorld>? afterwards = null, TimeSpan late = default)
    {
        var histories = from count in Gen.Choose(1, 40) from steps in step.ArrayOf(count) select steps;
        Check.One(Config, Prop.ForAll(histories.ToArbitrary(), Filters.ToArbitrary(), (steps, filter) =>
        {
            var world = new LiveWorld(filter, late);
            world.Reset(behind: 0);
            foreach (var s in steps)
            {
                s.Act(world);
            }

            afterwards?.Invoke(world);
            world.Settle();
        }));
    }

    private static Gen<LiveCondition> Condition(LiveDimension dimension, params string[] values) =>
        Gen.SubListOf(values).Where(some => some.Count > 0).Select(some => new LiveCondition(dimension, some));

    private static string Short(StreamEvent e) => e switch
    {
        ObservationEvent o => $"{o.ObservationId} at {o.Timestamp:ss.f} from {o.StartTime:ss.f} to {o.EndTime:ss.f}",
        ScoreEvent s => $"{s.ScoreId} at {s.Timestamp:ss.f}",
        ScoreDeletedEvent s => $"{s.ScoreId} deleted at {s.Timestamp:ss.f}",
        TraceEvent t => $"trace at {t.Timestamp:ss.f} from {t.StartedAt:ss.f} named {t.Name}",
        _ => e.EventId,
    };

    private sealed record Step(string Name, Action<LiveWorld> Act)
    {
        public override string ToString() => Name;
    }
}
