using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics;

/// <summary>Lists of experiments against plain LINQ over what the log folds to.</summary>
public sealed class ExperimentQueryTests : IAsyncLifetime
{
    private readonly TestLog _log = new();
    private TestReadModel _model = null!;
    private Truth _truth = null!;

    public static TheoryData<ExperimentQuery> Queries => new(
        new ExperimentQuery { From = DateTimeOffset.UnixEpoch },
        new ExperimentQuery { From = DateTimeOffset.UnixEpoch, Limit = 2 },
        new ExperimentQuery { From = Traffic.Start.AddSeconds(4), To = Traffic.Start.AddSeconds(9) },
        new ExperimentQuery { From = Traffic.Start.AddYears(9) },
        new ExperimentQuery { From = DateTimeOffset.UnixEpoch, Ids = ["experiment-2", "experiment-0", "'; --"] },
        new ExperimentQuery { From = DateTimeOffset.UnixEpoch, DatasetIds = ["dataset-1"] },
        new ExperimentQuery { From = DateTimeOffset.UnixEpoch, Names = ["plain", "nul\0inside\0", "\uFDD0escape\uFDD1"] },
        new ExperimentQuery
        {
            From = DateTimeOffset.UnixEpoch, Filter = new Condition("id", null, FilterOperator.Equal, new TextValue("experiment-1")),
        });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await new Traffic(_log, seed: 29).AppendAsync(300);
        _model = new TestReadModel(_log);
        _truth = await Truth.OfAsync(_log);
    }

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Queries), DisableDiscoveryEnumeration = true)]
    public async Task Experiments_are_what_their_observations_say(ExperimentQuery query)
    {
        var page = await _model.Analytics.ListExperimentsAsync(TestLog.Project, query, Token);

        Truth.Same(Expected(query).Take(query.Limit), page.Items);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gaps()
    {
        var query = new ExperimentQuery { From = DateTimeOffset.UnixEpoch, Limit = 1 };
        var found = new List<ExperimentRecord>();
        while ((await _model.Analytics.ListExperimentsAsync(TestLog.Project, query, Token)).Items is [var next])
        {
            found.Add(next);
            query = query with { After = new ExperimentPlace(next.LastActivity, next.Id) };
        }

        Assert.Equal(3, found.Count);
        Truth.Same(Expected(query), found);
    }

    [Fact]
    public async Task Experiments_are_found_by_their_ids_whenever_they_were()
    {
        var found = await _model.Analytics.FindExperimentsAsync(TestLog.Project, ["none", "experiment-2", "experiment-0", "'; --"], Token);

        Assert.Equal(["experiment-0", "experiment-2"], found.Order());
    }

    [Fact]
    public async Task As_many_items_are_counted_as_are_listed()
    {
        var page = await _model.Analytics.ListExperimentsAsync(TestLog.Project, new ExperimentQuery { From = DateTimeOffset.UnixEpoch }, Token);

        Assert.All(page.Items, e => Assert.InRange(e.ItemCount, 1, 100));
        foreach (var experiment in page.Items)
        {
            var items = await _model.Analytics.ListObservationsAsync(
                TestLog.Project, new ObservationQuery { ExperimentItems = new ExperimentItems { ExperimentIds = [experiment.Id] } }, Token);
            Assert.Equal(items.TotalItems, experiment.ItemCount);
        }
    }

    private IEnumerable<ExperimentRecord> Expected(ExperimentQuery query) =>
        from experiment in
            from observation in _truth.Observations
            where observation.Experiment?.Id is not null && observation.StartTime >= query.From && !(observation.StartTime >= query.To)
            orderby observation.StartTime descending
            group observation by observation.Experiment!.Id into parts
            select Bring(parts.Key, [.. parts])
        where (query.Ids is [] || query.Ids.Contains(experiment.Id))
            && (query.Names is [] || query.Names.Contains(experiment.Name))
            && (query.DatasetIds is [] || query.DatasetIds.Contains(experiment.DatasetId))
            && (query.Filter == Filter.Everything || experiment.Id == "experiment-1")
        orderby experiment.LastActivity descending, experiment.Id descending
        select experiment;

    // Newest first; of observations that start together the one with the greater trace and id counts as the newer.
    private static ExperimentRecord Bring(string id, List<ObservationRecord> parts)
    {
        parts.Sort((a, b) => (b.StartTime, Ids(b, a)).CompareTo((a.StartTime, 0)));
        string? Newest(Func<ExperimentLink, string?> read) => parts.Select(p => read(p.Experiment!)).FirstOrDefault(text => text is not null);
        return new ExperimentRecord
        {
            Id = id,
            Name = Newest(e => e.Name),
            Description = Newest(e => e.Description),
            Metadata = Newest(e => e.Metadata),
            DatasetId = Newest(e => e.DatasetId),
            StartTime = parts.Min(p => p.StartTime),
            EndTime = parts.Max(p => p.EndTime > p.StartTime ? p.EndTime.Value : p.StartTime),
            LastActivity = parts.Max(p => p.StartTime),
            ItemCount = parts.Count(p => p.Experiment!.ItemRootObservationId == p.Id && p.Experiment.ItemId is not null),
        };
    }

    private static int Ids(ObservationRecord a, ObservationRecord b) =>
        string.CompareOrdinal(a.TraceId, b.TraceId) is var traces and not 0 ? traces : string.CompareOrdinal(a.Id, b.Id);
}
