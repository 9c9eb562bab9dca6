using Actors.Storage.Sqlite;
using Actors.Tracing;

namespace Actors.Storage.Tests.Sqlite;

/// <summary>A reader gets rows from memory only when none of its project is missing; in doubt it is sent to the file.</summary>
public sealed class RecentRowsTests
{
    private static readonly ProjectId Mine = new("mine");
    private static readonly ProjectId Other = new("other");

    [Fact]
    public void A_reader_at_the_former_head_gets_all_rows_after_it()
    {
        var recent = new RecentRows(1_000_000);
        Add(recent, Mine, 11, previousHead: 7);
        Add(recent, Other, 12, previousHead: 0);
        Add(recent, Mine, 13, previousHead: 11);

        Assert.Equal([11, 13], Positions(recent.TryRead(Mine, 7, 100, 1_000_000)));
        Assert.Equal([13], Positions(recent.TryRead(Mine, 11, 100, 1_000_000)));
        Assert.Empty(recent.TryRead(Mine, 13, 100, 1_000_000)!);
    }

    [Fact]
    public void A_reader_that_may_have_missed_rows_is_sent_to_the_file()
    {
        var recent = new RecentRows(1_000_000);
        Add(recent, Mine, 11, previousHead: 7);

        Assert.Null(recent.TryRead(Mine, 6, 100, 1_000_000));
        Assert.Null(recent.TryRead(Other, 6, 100, 1_000_000));
    }

    [Fact]
    public void The_oldest_row_goes_first_and_takes_its_readers_to_the_file()
    {
        var recent = new RecentRows(maxBytes: 3_000);
        Add(recent, Mine, 1, previousHead: 0);
        Add(recent, Other, 2, previousHead: 0);
        Add(recent, Mine, 3, previousHead: 1);
        Add(recent, Mine, 4, previousHead: 3);

        Assert.Null(recent.TryRead(Mine, 0, 100, 1_000_000));
        Assert.Equal([3, 4], Positions(recent.TryRead(Mine, 1, 100, 1_000_000)));
        Assert.Equal([2], Positions(recent.TryRead(Other, 0, 100, 1_000_000)));
    }

    [Fact]
    public void A_read_is_bounded_in_rows_and_bytes_but_never_empty_when_there_is_more()
    {
        var recent = new RecentRows(1_000_000);
        Add(recent, Mine, 1, previousHead: 0);
        Add(recent, Mine, 2, previousHead: 1);
        Add(recent, Mine, 3, previousHead: 2);

        Assert.Equal([1, 2], Positions(recent.TryRead(Mine, 0, 2, 1_000_000)));
        Assert.Equal([1], Positions(recent.TryRead(Mine, 0, 100, maxReadBytes: 1)));
    }

    [Fact]
    public void Who_reads_a_project_of_which_rows_were_deleted_reads_the_file()
    {
        var recent = new RecentRows(maxBytes: 3_000);
        Add(recent, Mine, 1, previousHead: 0);
        Add(recent, Other, 2, previousHead: 0);
        recent.Forget(Mine);

        Assert.Null(recent.TryRead(Mine, 0, 100, 1_000_000));
        Assert.Equal([2], Positions(recent.TryRead(Other, 0, 100, 1_000_000)));

        // Position 3 is the deletion. What was forgotten takes no room any more, and is not looked for when room is made.
        Add(recent, Mine, 4, previousHead: 3);
        Add(recent, Mine, 5, previousHead: 4);
        Add(recent, Mine, 6, previousHead: 5);
        Assert.Null(recent.TryRead(Mine, 1, 100, 1_000_000));
        Assert.Equal([4, 5, 6], Positions(recent.TryRead(Mine, 3, 100, 1_000_000)));
        Assert.Null(recent.TryRead(Other, 0, 100, 1_000_000));
    }

    [Fact]
    public void After_a_failed_commit_everybody_reads_the_file()
    {
        var recent = new RecentRows(1_000_000);
        Add(recent, Mine, 1, previousHead: 0);
        recent.Clear();
        Assert.Null(recent.TryRead(Mine, 0, 100, 1_000_000));

        // The file may hold rows 2 and 3 of the failed commit: the new floor is the head that was read from it.
        Add(recent, Mine, 4, previousHead: 3);
        Assert.Null(recent.TryRead(Mine, 1, 100, 1_000_000));
        Assert.Equal([4], Positions(recent.TryRead(Mine, 3, 100, 1_000_000)));
    }

    // One event and 100 packed bytes count 900 bytes.
    private static void Add(RecentRows recent, ProjectId project, long position, long previousHead) => recent.Add(
        new LogAppend
        {
            Project = project,
            Stream = StreamId.ForTrace($"t{position}"),
            Version = 1,
            AppendId = Guid.NewGuid(),
            PriceBook = 1,
            ReceivedAt = DateTimeOffset.UnixEpoch,
            Events = [new TraceEvent { EventId = "e", Timestamp = DateTimeOffset.UnixEpoch }],
        },
        packedBytes: 100,
        position,
        previousHead);

    private static IEnumerable<long> Positions(IReadOnlyList<LogRow>? rows) => rows!.Select(r => r.Position);
}
