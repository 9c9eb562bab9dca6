using System.Text;
using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics;

/// <summary>Every list against plain LINQ over what the log folds to.</summary>
public sealed class QueryTests : IAsyncLifetime
{
    private readonly TestLog _log = new();
    private TestReadModel _model = null!;
    private Truth _truth = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<TraceQuery> TraceQueries => new(
        new TraceQuery(),
        new TraceQuery { Limit = 7, Page = 2, Offset = 3 },
        new TraceQuery { Limit = 1000, Offset = 4 },
        new TraceQuery { Limit = 20, Page = 500 },
        Where("user:user-1"),
        Where("session:session-1 release:r1"),
        Where("name:\"nul\0inside\0\""),
        Where("name:\"'; DROP TABLE traces; --\""),
        Where("name:*\"DROP TABLE\"*"),
        Where("name:*%*"),
        Where("name:plain,\"\uFDD0escape\uFDD1\" version:v1"),
        Where("tags:tag-b tags:\"nul\0inside\0\""),
        Where("env:production,staging level:ERROR,WARNING"),
        Where("model:model-3,gpt-4o"),
        Where("-env:production (level:ERROR OR model:model-3)"),
        new TraceQuery { From = Traffic.Start.AddSeconds(5), To = Traffic.Start.AddSeconds(12) },
        new TraceQuery { OrderBy = TraceOrder.Cost, Limit = 20 },
        new TraceQuery { OrderBy = TraceOrder.Latency, Descending = false, Limit = 20 },
        new TraceQuery { OrderBy = TraceOrder.Name, Descending = false },
        new TraceQuery { OrderBy = TraceOrder.UserId },
        new TraceQuery { OrderBy = TraceOrder.Tokens, TextLimit = 0 },
        new TraceQuery { OrderBy = TraceOrder.Public, TextLimit = 12 },
        new TraceQuery { OrderBy = TraceOrder.Id, Limit = 1000 },
        new TraceQuery { FirstPositionAfter = 60, FirstPositionUpTo = 200 });

    public async ValueTask InitializeAsync()
    {
        await new Traffic(_log, seed: 7).AppendAsync(260);
        _model = new TestReadModel(_log);
        _truth = await Truth.OfAsync(_log);
    }

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(TraceQueries), DisableDiscoveryEnumeration = true)]
    public async Task A_page_of_traces_is_what_the_log_says(TraceQuery query)
    {
        var page = await _model.ListAsync(query);

        var all = Ordered(_truth.Traces.Where(t => Matches(t, query)), query).ToList();
        Assert.Equal(all.Count, page.TotalItems);
        Truth.Same(all.Skip(((query.Page - 1) * query.Limit) + query.Offset).Take(query.Limit).Select(t => Cut(t.Record, query.TextLimit)), page.Items);
    }

    [Fact]
    public async Task Observations_are_listed_newest_first_with_every_field()
    {
        ObservationQuery[] queries =
        [
            new() { Limit = 1000 }, new() { Limit = 10, Page = 3 },
            new() { From = Traffic.Start.AddSeconds(4), To = Traffic.Start.AddSeconds(9) },
            new() { Limit = 20, Offset = 13 }, new() { TextLimit = 9 },
            .. Filters("name:plain", "user:user-2", "type:GENERATION level:ERROR", "trace:trace-3", "parent:unknown version:v1", "env:staging", "root:true"),
        ];
        foreach (var query in queries)
        {
            var page = await _model.Analytics.ListObservationsAsync(TestLog.Project, query, Token);

            var all = _truth.Observations
                .Where(o => FilterMatcher.Matches(query.Filter, FilterCatalog.Observations, _truth.Row(o))
                    && (query.From is null || o.StartTime >= query.From)
                    && (query.To is null || o.StartTime < query.To))
                .OrderByDescending(o => o.StartTime).ThenByDescending(o => o.TraceId, StringComparer.Ordinal)
                .ThenByDescending(o => o.Id, StringComparer.Ordinal).ToList();
            Assert.Equal(all.Count, page.TotalItems);
            Truth.Same(all.Skip(((query.Page - 1) * query.Limit) + query.Offset).Take(query.Limit).Select(o => Cut(o, query.TextLimit)), page.Items);
        }
    }

    [Fact]
    public async Task Pages_by_place_hold_every_observation_once()
    {
        var seen = new List<ObservationRecord>();
        ObservationPlace? after = null;
        while (true)
        {
            var query = new ObservationQuery { Limit = 37, After = after, WithTotal = false, WithIo = false, WithMetadata = false };
            var page = await _model.Analytics.ListObservationsAsync(TestLog.Project, query, Token);
            seen.AddRange(page.Items);
            if (page.Items.Count == 0)
            {
                break;
            }

            after = new ObservationPlace(page.Items[^1].StartTime, page.Items[^1].TraceId, page.Items[^1].Id);
            Assert.Equal(0, page.TotalItems);
        }

        var all = _truth.Observations
            .OrderByDescending(o => o.StartTime).ThenByDescending(o => o.TraceId, StringComparer.Ordinal).ThenByDescending(o => o.Id, StringComparer.Ordinal);
        Truth.Same(all.Select(o => o with { Input = null, Output = null, Metadata = null }), seen);
    }

    [Fact]
    public async Task An_observation_is_found_by_its_id()
    {
        var expected = _truth.Observations[17];

        Truth.Same(expected, await _model.Analytics.GetObservationAsync(TestLog.Project, expected.Id, Token));
        Assert.Null(await _model.Analytics.GetObservationAsync(TestLog.Project, "nobody", Token));
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(3)]
    public async Task The_children_of_the_traces_of_a_page_are_listed_by_time(int limit)
    {
        var query = new TraceQuery { Limit = limit, OrderBy = TraceOrder.Cost };

        var page = await _model.Analytics.ListTracesWithChildrenAsync(TestLog.Project, query, Token);

        Truth.Same((await _model.ListAsync(query)).Items, page.Traces.Items);
        Assert.Equal(page.Traces.Items.Select(t => t.Id).Order(), page.Children.Keys.Order());
        foreach (var (id, children) in page.Children)
        {
            Assert.Equal(
                _truth.Observations.Where(o => o.TraceId == id).OrderBy(o => o.StartTime).ThenBy(o => o.Id, StringComparer.Ordinal).Select(o => o.Id),
                children.ObservationIds);
            Assert.Equal(
                _truth.Scores.Where(s => s.TraceId == id).OrderBy(s => s.Timestamp).ThenBy(s => s.Id, StringComparer.Ordinal).Select(s => s.Id),
                children.ScoreIds);
        }

        Assert.Empty((await _model.Analytics.ListTracesWithChildrenAsync(TestLog.Project, query with { Page = 1_000 }, Token)).Children);
    }

    [Fact]
    public async Task Sessions_are_what_their_traces_say()
    {
        var expected = _truth.Traces.Where(t => t.Record.SessionId is not null).GroupBy(t => t.Record.SessionId!)
            .Select(s => new SessionRecord(s.Key, s.Min(t => t.Record.CreatedAt), s.MinBy(t => t.FirstPosition)!.Record.Environment, s.Count()))
            .OrderByDescending(s => s.CreatedAt).ThenByDescending(s => s.Id, StringComparer.Ordinal).ToList();

        var page = await _model.Analytics.ListSessionsAsync(TestLog.Project, new SessionQuery(), Token);
        Assert.Equal(expected, page.Items);
        Assert.Equal(expected.Count, page.TotalItems);

        var later = new SessionQuery { From = expected[^1].CreatedAt.AddMilliseconds(1), Environments = ["default", "production"], Limit = 2 };
        page = await _model.Analytics.ListSessionsAsync(TestLog.Project, later, Token);
        var matching = expected.Where(s => s.CreatedAt >= later.From && later.Environments.Contains(s.Environment)).ToList();
        Assert.Equal(matching.Take(2), page.Items);
        Assert.Equal(matching.Count, page.TotalItems);

        Assert.Equal(expected[0], await _model.Analytics.GetSessionAsync(TestLog.Project, expected[0].Id, Token));
        Assert.Null(await _model.Analytics.GetSessionAsync(TestLog.Project, "nobody", Token));
    }

    [Fact]
    public async Task A_query_out_of_range_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _model.ListAsync(new TraceQuery { Limit = 1001 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _model.ListAsync(new TraceQuery { Page = 0 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _model.ListAsync(new TraceQuery { Offset = -1 }));
    }

    private static TraceQuery Where(string filter) => new() { Filter = FilterText.Parse(FilterCatalog.Traces, filter).Filter! };

    private static IEnumerable<ObservationQuery> Filters(params string[] filters) =>
        filters.Select(filter => new ObservationQuery { Filter = FilterText.Parse(FilterCatalog.Observations, filter).Filter! });

    private bool Matches(TrueTrace trace, TraceQuery query)
    {
        var t = trace.Record;
        return FilterMatcher.Matches(query.Filter, FilterCatalog.Traces, _truth.Row(t))
            && (query.From is null || t.Timestamp >= query.From)
            && (query.To is null || t.Timestamp < query.To)
            && (query.FirstPositionAfter is null || trace.FirstPosition > query.FirstPositionAfter)
            && (query.FirstPositionUpTo is null || trace.FirstPosition <= query.FirstPositionUpTo);
    }

    private static IEnumerable<TrueTrace> Ordered(IEnumerable<TrueTrace> traces, TraceQuery query)
    {
        IComparable? Key(TrueTrace t) => query.OrderBy switch
        {
            TraceOrder.Timestamp => t.Record.Timestamp,
            TraceOrder.Id => Bytes(t.Record.Id),
            TraceOrder.Name => Bytes(t.Record.Name),
            TraceOrder.UserId => Bytes(t.Record.UserId),
            TraceOrder.Public => t.Record.Public,
            TraceOrder.Latency => t.Record.Summary.Latency,
            TraceOrder.Cost => t.Record.Summary.CostUsd,
            TraceOrder.Tokens => t.Record.Summary.TotalTokens,
            _ => throw new ArgumentOutOfRangeException(nameof(query)),
        };

        // Nulls come last in both directions.
        var nullsLast = traces.OrderBy(t => Key(t) is null);
        return query.Descending
            ? nullsLast.ThenByDescending(Key).ThenByDescending(t => t.Record.Id, StringComparer.Ordinal)
            : nullsLast.ThenBy(Key).ThenBy(t => t.Record.Id, StringComparer.Ordinal);
    }

    // DuckDB orders text by its UTF-8 bytes, after the escaping of NUL.
    private static Utf8Key? Bytes(string? text) => text is null ? null : new Utf8Key(Encoding.UTF8.GetBytes(Schema.StoredText.Encode(text)));

    private static TraceRecord Cut(TraceRecord trace, int? limit) =>
        trace with { Input = Cut(trace.Input, limit), Output = Cut(trace.Output, limit), Metadata = Cut(trace.Metadata, limit) };

    private static ObservationRecord Cut(ObservationRecord observation, int? limit) => observation with
    {
        Input = Cut(observation.Input, limit), Output = Cut(observation.Output, limit), Metadata = Cut(observation.Metadata, limit),
    };

    private static string? Cut(string? text, int? limit) => limit == 0 ? null : limit is { } n && text?.Length > n ? text[..n] : text;

    private sealed record Utf8Key(byte[] Value) : IComparable
    {
        public int CompareTo(object? obj) => Value.AsSpan().SequenceCompareTo(((Utf8Key)obj!).Value);
    }
}
