using Actors.Queries;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Components;

/// <summary>A list over numbers: the row n is «r{n}», every tenth moves.</summary>
public sealed class ListReaderTests
{
    private readonly FakeTimeProvider _time = new(Sample.T0);
    private readonly Numbers _numbers = new();
    private readonly ListReader<int> _reader;

    public ListReaderTests() => _reader = new(_numbers, _time);

    [Fact]
    public async Task The_first_rows_are_read_once_and_stay_at_their_watermark()
    {
        await _reader.OpenAsync(TraceFilter.Empty);
        Assert.Equal((1000, 1), (_reader.Total, _numbers.Reads.Count));

        Assert.Equal(Enumerable.Range(0, 30), (await _reader.ReadAsync(0, 30)).Select(l => l.Item));
        Assert.Single(_numbers.Reads);

        Assert.Equal("r500", (await _reader.ReadAsync(500, 20))[0].Id);
        Assert.Equal((500, 20, 7L), (_numbers.Reads[1].Offset, _numbers.Reads[1].Limit, _numbers.Reads[1].Watermark));
    }

    [Fact]
    public async Task What_comes_later_is_counted_and_shown_when_asked_for()
    {
        await _reader.OpenAsync(TraceFilter.Empty);
        _numbers.Count = 1003;
        Assert.True(await _reader.LookAsync(changed: true));
        Assert.Equal((1000, 3), (_reader.Total, _reader.Fresh));

        await _reader.OpenAsync(TraceFilter.Empty);
        Assert.Equal((1003, 0), (_reader.Total, _reader.Fresh));
    }

    [Fact]
    public async Task An_empty_list_fills_by_itself()
    {
        _numbers.Count = 0;
        await _reader.OpenAsync(TraceFilter.Empty);
        _numbers.Count = 1;

        await _reader.LookAsync(changed: true);

        Assert.Equal((1, 2), (_reader.Total, _reader.Opened));
    }

    [Fact]
    public async Task A_fixed_range_has_no_news()
    {
        await _reader.OpenAsync(TraceFilter.Empty with { Range = TimeRange.Between(Sample.T0, Sample.T0.AddHours(1)) });
        _numbers.Count = 1003;

        await _reader.LookAsync(changed: true);

        Assert.Equal(0, _reader.Fresh);
    }

    [Fact]
    public async Task Rows_that_move_are_read_again_when_something_happens()
    {
        await _reader.OpenAsync(TraceFilter.Empty);
        await _reader.ReadAsync(0, 30);
        await _reader.LookAsync(changed: false);
        Assert.Equal(0, _reader.Revision);

        await _reader.LookAsync(changed: true);
        Assert.Equal(1, _reader.Revision);

        await _reader.ReadAsync(1, 5);
        await _reader.LookAsync(changed: true);
        Assert.Equal(1, _reader.Revision);
    }

    [Fact]
    public async Task Facets_are_read_at_most_every_two_seconds()
    {
        await _reader.OpenAsync(TraceFilter.Empty);
        Assert.True(await _reader.ReadAsideAsync());
        for (var second = 0; second < 10; second++)
        {
            await _reader.LookAsync(changed: true);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(5, _numbers.FacetReads);
    }

    [Fact]
    public async Task What_takes_long_is_looked_at_less_often()
    {
        await _reader.OpenAsync(TraceFilter.Empty);
        _numbers.Takes = () => _time.Advance(TimeSpan.FromMilliseconds(50));
        for (var second = 0; second < 60; second++)
        {
            await _reader.LookAsync(changed: true);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        // Fifty milliseconds are a hundredth of five seconds, and a two-hundredth of ten.
        Assert.InRange(_numbers.Counts, 10, 13);
        Assert.InRange(_numbers.FacetReads, 5, 7);
    }

    [Fact]
    public async Task Without_an_answer_it_says_so_and_tries_again_after_a_while()
    {
        _numbers.Down = true;
        await _reader.OpenAsync(TraceFilter.Empty);
        Assert.True(_reader.Failed);
        Assert.Null(_reader.Total);

        _numbers.Down = false;
        _time.Advance(TimeSpan.FromSeconds(4));
        await _reader.LookAsync(changed: true);
        Assert.True(_reader.Failed);

        _time.Advance(TimeSpan.FromSeconds(1));
        await _reader.LookAsync(changed: false);
        Assert.False(_reader.Failed);
        Assert.Equal(1000, _reader.Total);
    }

    [Fact]
    public async Task The_keyboard_stops_at_the_ends()
    {
        Assert.False(_reader.Move(1));
        await _reader.OpenAsync(TraceFilter.Empty);

        Assert.True(_reader.Move(1));
        Assert.Equal(0, _reader.Current);
        _reader.Move(-5);
        Assert.Equal(0, _reader.Current);
        _reader.Move(int.MaxValue);
        Assert.Equal(999, _reader.Current);
        Assert.Equal("r999", (await _reader.RowAsync(999))!.Id);
        Assert.Null(await _reader.RowAsync(1000));
    }

    [Fact]
    public async Task A_range_is_chosen_from_the_last_row_that_was()
    {
        await _reader.OpenAsync(TraceFilter.Empty);
        await _reader.SelectAsync(10, range: false);
        await _reader.SelectAsync(300, range: true);
        Assert.Equal(291, _reader.Selection.Count);
        Assert.True(_reader.Selection.Has("r10") && _reader.Selection.Has("r300"));

        await _reader.SelectAsync(200, range: false);
        Assert.Equal(290, _reader.Selection.Count);
        await _reader.SelectAsync(195, range: true);
        Assert.Equal(291, _reader.Selection.Count);
    }

    [Fact]
    public async Task No_more_rows_are_chosen_than_can_be()
    {
        _numbers.Count = 5000;
        await _reader.OpenAsync(TraceFilter.Empty);

        await _reader.SelectAllAsync();

        Assert.Equal(ListSelection<int>.Most, _reader.Selection.Count);
        await _reader.SelectAsync(4000, range: false);
        Assert.Equal(ListSelection<int>.Most, _reader.Selection.Count);
    }

    [Fact]
    public async Task Another_list_chooses_nothing()
    {
        await _reader.OpenAsync(TraceFilter.Empty);
        await _reader.SelectAsync(1, range: false);

        await _reader.OpenAsync(TraceFilter.Empty.WithText("x"));

        Assert.Equal((0, -1), (_reader.Selection.Count, _reader.Current));
    }

    private sealed class Numbers : IListSource<int>
    {
        public int Count { get; set; } = 1000;

        public bool Down { get; set; }

        public int FacetReads { get; private set; }

        public int Counts { get; private set; }

        /// <summary>Happens while the list is counted or its facets are read.</summary>
        public Action Takes { get; set; } = () => { };

        public List<(int Offset, int Limit, long? Watermark)> Reads { get; } = [];

        public string IdOf(int item) => $"r{item}";

        public bool IsMoving(int item) => item % 10 == 0;

        public Task<ListSlice<int>> ReadAsync(ListQuestion question, int offset, int limit)
        {
            Reads.Add((offset, limit, question.Watermark));
            return Down
                ? Task.FromException<ListSlice<int>>(new TimeoutException("down"))
                : Task.FromResult(new ListSlice<int>([.. Enumerable.Range(0, Count).Skip(offset).Take(limit)], Count, 7));
        }

        public Task<long> CountNewAsync(ListQuestion question)
        {
            Counts++;
            Takes();
            return Task.FromResult((long)Count % 1000);
        }

        public Task<IReadOnlyList<ListFacet>> ReadFacetsAsync(ListQuestion question)
        {
            FacetReads++;
            Takes();
            return Task.FromResult<IReadOnlyList<ListFacet>>([new("environment", [new FacetValue("production", 1)])]);
        }
    }
}
