using Actors.Datasets;
using Actors.Web.Api.Experiments;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Tests.Experiments;

/// <summary>
/// Links are read in batches, of which those are left out that spans speak of. Random links in small batches, against all of
/// them at once.
/// </summary>
public sealed class LinkedRunsTests
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddSingleton(TimeProvider.System).BuildServiceProvider();

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task No_batch_loses_or_repeats_what_is_wanted()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var links = Links(random);
            var analytics = new FakeAnalytics();
            analytics.Experiments.AddRange(Enumerable.Range(0, random.Next(5)).Select(Traced));
            var traced = analytics.Experiments.Select(e => e.Id).ToHashSet();
            var query = new RunLinkQuery(random.Next(1, 6), Start, null) { After = links.Count == 0 || random.Next(2) == 0 ? null : links[random.Next(links.Count)].Place };
            var (count, floor) = (random.Next(1, 30), Start.AddSeconds(random.Next(-1, 12)));
            static bool IsWanted(DatasetRunLink link) => link.Link.ItemId == "wanted";
            var read = new List<DatasetRunLink>();

            var found = await LinkedRuns.ReadAsync(
                new DefaultHttpContext { RequestServices = Services },
                analytics,
                query,
                links => Task.FromResult<IReadOnlyList<DatasetRunLink>>(Select(links)),
                IsWanted,
                count,
                floor);

            var all = links.Where(l => IsBehind(l, query.After) && IsWanted(l) && !traced.Contains(l.Run.Id)).ToList();
            Assert.True(found.SequenceEqual(all.Take(found.Count)), $"Seed {seed}: {string.Join(' ', found.Select(l => l.Link.Id))}");
            Assert.True(
                found.Count >= count || found.Count >= all.Count(l => l.Place.Time >= floor),
                $"Seed {seed}: {found.Count} of {all.Count} are too few for {count} from {floor:O} on");
            Assert.True(read.Select(l => l.Link.Id).Distinct().Count() == read.Count, $"Seed {seed}: a link was read twice");

            List<DatasetRunLink> Select(RunLinkQuery next)
            {
                List<DatasetRunLink> batch = [.. links.Where(l => IsBehind(l, next.After) && !next.ExceptRunIds.Contains(l.Run.Id)).Take(next.Limit)];
                read.AddRange(batch);
                return batch;
            }
        }
    }

    // Newest first, up to eight of one moment.
    private static List<DatasetRunLink> Links(Random random) =>
    [
        .. Enumerable.Range(0, random.Next(60))
            .Select(i => Link($"link-{i:00}", $"run-{random.Next(8)}", Start.AddSeconds(random.Next(10)), random.Next(3) == 0 ? "other" : "wanted"))
            .OrderByDescending(l => l.Place.Time)
            .ThenByDescending(l => l.Link.Id, StringComparer.Ordinal),
    ];

    private static bool IsBehind(DatasetRunLink link, RunLinkPlace? place) => place is null
        || link.Place.Time < place.Time
        || (link.Place.Time == place.Time && string.CompareOrdinal(link.Link.Id, place.Id) < 0);

    private static DatasetRunLink Link(string id, string run, DateTimeOffset time, string item) => new(
        new DatasetRunItemRecord
        {
            Id = id, RunId = run, RunName = run, DatasetId = "d", ItemId = item, TraceId = "t", CreatedAt = time, UpdatedAt = time,
        },
        new DatasetRunRecord { Id = run, Name = run, DatasetId = "d", DatasetName = "d", CreatedAt = Start, UpdatedAt = Start });

    private static Queries.ExperimentRecord Traced(int i) => new()
    {
        Id = $"run-{i}", StartTime = Start, EndTime = Start, LastActivity = Start, ItemCount = 1,
    };
}
