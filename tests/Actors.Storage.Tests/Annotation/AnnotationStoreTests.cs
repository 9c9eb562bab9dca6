using Actors.Annotation;
using Actors.Scoring;
using Actors.Storage.Control;
using Actors.Storage.Scoring;
using Actors.Tracing;

namespace Actors.Storage.Annotation;

public sealed class AnnotationStoreTests : ControlTest
{
    private readonly AnnotationStore _annotations;
    private readonly ScoreConfigStore _configs;

    public AnnotationStoreTests()
    {
        _annotations = new AnnotationStore(Database, TimeProvider.System);
        _configs = new ScoreConfigStore(Database, TimeProvider.System);
    }

    [Fact]
    public async Task Of_queues_with_one_name_that_arrive_at_once_one_is_made()
    {
        var config = await AddConfigAsync(One);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => _annotations.AddQueueAsync(One, "same", null, [config], Ct), Ct)));

        Assert.Single(outcomes, o => o.Value is not null);
        Assert.All(outcomes.Where(o => o.Value is null), o => Assert.Equal(RefusalKind.Conflict, o.Refusal!.Kind));
        Assert.Equal(1, (await _annotations.ListQueuesAsync(One, new PageRequest(1, 10), Ct)).TotalItems);
    }

    [Fact]
    public async Task Assigning_at_once_is_one_assignment()
    {
        var queue = (await _annotations.AddQueueAsync(One, "assigned", null, [await AddConfigAsync(One)], Ct)).Value!;

        var refusals = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => _annotations.AssignAsync(One, queue.Id, "user", isAssigned: true, Ct), Ct)));

        Assert.All(refusals, Assert.Null);
        Assert.Null(await _annotations.AssignAsync(One, queue.Id, "user", isAssigned: false, Ct));
        Assert.Null(await _annotations.AssignAsync(One, queue.Id, "user", isAssigned: false, Ct));
    }

    [Fact]
    public async Task Another_project_sees_and_changes_nothing()
    {
        var queue = (await _annotations.AddQueueAsync(One, "mine", null, [await AddConfigAsync(One)], Ct)).Value!;
        var item = (await _annotations.AddItemAsync(One, queue.Id, AnnotationObject.Trace, "t", AnnotationStatus.Pending, Ct)).Value!;

        Assert.NotNull((await _annotations.FindQueueAsync(Two, queue.Id, Ct)).Refusal);
        Assert.NotNull((await _annotations.ListItemsAsync(Two, queue.Id, null, new PageRequest(1, 10), Ct)).Refusal);
        Assert.NotNull((await _annotations.FindItemAsync(Two, queue.Id, item.Id, Ct)).Refusal);
        Assert.NotNull((await _annotations.AddItemAsync(Two, queue.Id, AnnotationObject.Trace, "t", AnnotationStatus.Pending, Ct)).Refusal);
        Assert.NotNull((await _annotations.SetStatusAsync(Two, queue.Id, item.Id, AnnotationStatus.Completed, Ct)).Refusal);
        Assert.NotNull(await _annotations.DeleteItemAsync(Two, queue.Id, item.Id, Ct));
        Assert.NotNull(await _annotations.AssignAsync(Two, queue.Id, "user", isAssigned: true, Ct));
        Assert.NotNull((await _annotations.AddQueueAsync(Two, "theirs", null, queue.ScoreConfigIds, Ct)).Refusal);
        Assert.Equal(item, (await _annotations.FindItemAsync(One, queue.Id, item.Id, Ct)).Value! with { CreatedAt = item.CreatedAt, UpdatedAt = item.UpdatedAt });
    }

    private async Task<string> AddConfigAsync(ProjectId project) =>
        (await _configs.AddAsync(project, new ScoreConfigRecord { Id = "", Name = "c", DataType = ScoreDataType.Text }, Ct)).Id;
}
