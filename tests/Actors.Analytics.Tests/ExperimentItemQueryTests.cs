using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics;

/// <summary>The observations that stand for the runs of items.</summary>
public sealed class ExperimentItemQueryTests : IAsyncLifetime
{
    private readonly TestLog _log = new();
    private TestReadModel _model = null!;
    private int _events;

    public static TheoryData<ExperimentItems, string> Selections => new()
    {
        { new ExperimentItems(), "root-3 root-2 root-1" },
        { new ExperimentItems { ExperimentIds = ["e1", "'; --"] }, "root-2 root-1" },
        { new ExperimentItems { ExperimentNames = ["name of e2"] }, "root-3" },
        { new ExperimentItems { ItemIds = ["item-1", "item-3"] }, "root-3 root-1" },
        { new ExperimentItems { DatasetIds = ["d"] }, "root-1" },
        { new ExperimentItems { ExperimentIds = ["e2"], ItemIds = ["item-1"] }, "" },
        { new ExperimentItems { Filter = Contains("experimentId", "2") }, "root-3" },
        { new ExperimentItems { Filter = Contains("experimentName", "of e1") }, "root-2 root-1" },
        { new ExperimentItems { Filter = Contains("experimentItemId", "-3") }, "root-3" },
        { new ExperimentItems { Filter = Filter.Not(Contains("datasetId", "d")) }, "root-3 root-2" },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await AppendAsync(1, new ExperimentLink { Id = "e1", Name = "name of e1", ItemId = "item-1", DatasetId = "d", ItemRootObservationId = "root-1" });
        await AppendAsync(2, new ExperimentLink { Id = "e1", Name = "name of e1", ItemId = "item-2", ItemRootObservationId = "root-2" });
        await AppendAsync(3, new ExperimentLink { Id = "e2", Name = "name of e2", ItemId = "item-3", ItemRootObservationId = "root-3" });
        await AppendAsync(4, null);

        // Which item it was, nobody knows.
        await AppendAsync(5, new ExperimentLink { Id = "e1", Name = "name of e1", ItemRootObservationId = "root-5" });
        _model = new TestReadModel(_log);
    }

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Selections), DisableDiscoveryEnumeration = true)]
    public async Task Only_roots_of_items_are_found_newest_first(ExperimentItems items, string expected)
    {
        var page = await _model.Analytics.ListObservationsAsync(TestLog.Project, new ObservationQuery { ExperimentItems = items }, Token);

        Assert.Equal(expected, string.Join(' ', page.Items.Select(o => o.Id)));
        Assert.Equal(page.Items.Count, page.TotalItems);
    }

    private static Condition Contains(string column, string text) => new(column, null, FilterOperator.Contains, new TextValue(text));

    // A root and a step below it, which is part of the same item.
    private Task<long> AppendAsync(int number, ExperimentLink? experiment) => _log.AppendAsync(
        StreamId.ForTrace($"trace-{number}"), Traffic.Start, Observation($"root-{number}", number, experiment), Observation($"step-{number}", number, experiment));

    private ObservationEvent Observation(string id, int second, ExperimentLink? experiment) => new()
    {
        EventId = $"event-{_events++}",
        Timestamp = Traffic.Start,
        ObservationId = id,
        IsCreate = true,
        Type = ObservationType.Span,
        StartTime = Traffic.Start.AddSeconds(second),
        Experiment = experiment,
    };
}
