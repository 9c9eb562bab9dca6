using Actors.Annotation;
using Actors.Scoring;
using Actors.Storage.Control;
using Actors.Storage.Scoring;
using Actors.Testing.Postgres;
using Actors.Tracing;

namespace Actors.Storage.Annotation;

public abstract class AnnotationStoreTests(ControlPlane plane) : ControlTest(plane)
{
    private AnnotationStore Annotations => field ??= new AnnotationStore(Database, TimeProvider.System);

    private ScoreConfigStore Configs => field ??= new ScoreConfigStore(Database, TimeProvider.System);

    [Fact]
    public async Task Of_queues_with_one_name_that_arrive_at_once_one_is_made()
    {
        var config = await AddConfigAsync(One);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Annotations.AddQueueAsync(One, "same", null, [config], Ct), Ct)));

        Assert.Single(outcomes, o => o.Value is not null);
        Assert.All(outcomes.Where(o => o.Value is null), o => Assert.Equal(RefusalKind.Conflict, o.Refusal!.Kind));
        Assert.Equal(1, (await Annotations.ListQueuesAsync(One, new PageRequest(1, 10), Ct)).TotalItems);
    }

    [Fact]
    public async Task Assigning_at_once_is_one_assignment()
    {
        var queue = (await Annotations.AddQueueAsync(One, "assigned", null, [await AddConfigAsync(One)], Ct)).Value!;

        var refusals = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Annotations.AssignAsync(One, queue.Id, "user", isAssigned: true, Ct), Ct)));

        Assert.All(refusals, Assert.Null);
        Assert.Null(await Annotations.AssignAsync(One, queue.Id, "user", isAssigned: false, Ct));
        Assert.Null(await Annotations.AssignAsync(One, queue.Id, "user", isAssigned: false, Ct));
    }

    [Fact]
    public async Task Another_project_sees_and_changes_nothing()
    {
        var queue = (await Annotations.AddQueueAsync(One, "mine", null, [await AddConfigAsync(One)], Ct)).Value!;
        var item = (await Annotations.AddItemAsync(One, queue.Id, AnnotationObject.Trace, "t", AnnotationStatus.Pending, Ct)).Value!;

        Assert.NotNull((await Annotations.FindQueueAsync(Two, queue.Id, Ct)).Refusal);
        Assert.NotNull((await Annotations.ListItemsAsync(Two, queue.Id, null, new PageRequest(1, 10), Ct)).Refusal);
        Assert.NotNull((await Annotations.FindItemAsync(Two, queue.Id, item.Id, Ct)).Refusal);
        Assert.NotNull((await Annotations.AddItemAsync(Two, queue.Id, AnnotationObject.Trace, "t", AnnotationStatus.Pending, Ct)).Refusal);
        Assert.NotNull((await Annotations.SetStatusAsync(Two, queue.Id, item.Id, AnnotationStatus.Completed, Ct)).Refusal);
        Assert.NotNull(await Annotations.DeleteItemAsync(Two, queue.Id, item.Id, Ct));
        Assert.NotNull(await Annotations.AssignAsync(Two, queue.Id, "user", isAssigned: true, Ct));
        Assert.NotNull((await Annotations.AddQueueAsync(Two, "theirs", null, queue.ScoreConfigIds, Ct)).Refusal);
        Assert.Equal(item, (await Annotations.FindItemAsync(One, queue.Id, item.Id, Ct)).Value! with { CreatedAt = item.CreatedAt, UpdatedAt = item.UpdatedAt });
    }

    private async Task<string> AddConfigAsync(ProjectId project) =>
        (await Configs.AddAsync(project, new ScoreConfigRecord { Id = "", Name = "c", DataType = ScoreDataType.Text }, Ct)).Id;
}

public sealed class SqliteAnnotationStoreTests() : AnnotationStoreTests(new SqliteControlPlane());

public sealed class PostgresAnnotationStoreTests(PostgresServer server) : AnnotationStoreTests(new PostgresControlPlane(server));
