using System.Security.Cryptography;
using System.Text;
using Actors.Media;
using Actors.Storage.Control;
using Actors.Storage.Datasets;
using Actors.Storage.Sqlite;
using Actors.Testing.Postgres;
using Actors.Tracing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Storage.Media;

/// <summary>The files of deleted traces go, at once or after a crash, and those that something else has stay.</summary>
public abstract class MediaRemovalTests(ControlPlane plane) : ControlTest(plane)
{
    private readonly MovedClock _clock = new();
    private readonly StorageInstruments _instruments = new(null);
    private SqliteEventLog _log = null!;
    private MediaCatalog _catalog = null!;
    private FileMediaStore _store = null!;
    private MediaRemoval _removal = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _log = SqliteEventLog.Open(
            Plane.Directory, new EventLogOptions(), TimeProvider.System, _instruments, NullLogger<SqliteEventLog>.Instance);
        _catalog = new MediaCatalog(Database, _clock);
        _store = new FileMediaStore(Plane.Shared, _clock);
        _removal = new MediaRemoval(Database, _store, _clock);
    }

    public override async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        _instruments.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_file_goes_with_the_last_trace_that_has_it()
    {
        await AddAsync("shared", Of("a"), Of("b"), Of("a") with { ObservationId = "o", Field = "output" });
        await AddAsync("own", Of("a"));

        await RemoveAsync("a");
        Assert.Equal("shared", await ListKeptAsync("shared", "own"));
        Assert.Empty(await FindAsync("own"));

        await RemoveAsync("b");
        Assert.Equal("", await ListKeptAsync("shared", "own"));
        Assert.Empty(await FindAsync("shared"));
    }

    [Fact]
    public async Task The_files_of_some_traces_are_listed_once_each()
    {
        await AddAsync("shared", Of("a"), Of("b"));
        await AddAsync("own", Of("a"));
        await AddAsync("other", Of("c"));

        Assert.Equal(
            new[] { Hash("shared").MediaId, Hash("own").MediaId }.Order(StringComparer.Ordinal),
            (await _catalog.ListOfTracesAsync(One, ["a", "b", "unknown"], Ct)).Order(StringComparer.Ordinal));
        Assert.Empty(await _catalog.ListOfTracesAsync(Two, ["a"], Ct));
    }

    [Fact]
    public async Task A_file_that_an_item_of_a_dataset_refers_to_stays()
    {
        await AddAsync("kept", Of("a"));
        await _catalog.LinkAsync(
            One,
            [(Hash("kept").MediaId, new MediaLink(null, null, "d", "i", "input")), ("unknown", new MediaLink(null, null, "d", "i", "input"))],
            Ct);

        await RemoveAsync("a");

        Assert.Equal("kept", await ListKeptAsync("kept"));
        Assert.True(Assert.Single(await FindAsync("kept")).IsUploaded);
    }

    [Fact]
    public async Task Other_traces_and_other_projects_keep_theirs()
    {
        await AddAsync("mine", Of("a"));

        Assert.Null(await _removal.BeginAsync(Two, ["a"], Ct));
        Assert.Null(await _removal.BeginAsync(One, ["b", ""], Ct));
        var removal = (await _removal.BeginAsync(One, ["b", "a"], Ct))!;
        await _removal.FinishAsync(Two, removal, Ct);
        Assert.Equal("mine", await ListKeptAsync("mine"));

        await _removal.FinishAsync(One, removal, Ct);
        await _removal.FinishAsync(One, removal, Ct);
        Assert.Equal("", await ListKeptAsync("mine"));
    }

    [Fact]
    public async Task A_trace_with_more_files_than_one_round_takes_loses_all()
    {
        await _catalog.RegisterAsync(
            One, [.. Enumerable.Range(0, 450).Select(i => Announce($"{i}", Of("a")))], upload: null, Ct);

        await RemoveAsync("a");

        Assert.Empty(await _catalog.FindAsync(One, [Hash("0").MediaId, Hash("449").MediaId], Ct));
        Assert.Null(await _removal.BeginAsync(One, ["a"], Ct));
    }

    [Fact]
    public async Task What_is_announced_while_its_trace_is_deleted_stays_until_it_shows_whether_the_trace_is_there()
    {
        await AddAsync("again", Of("a"));
        await AddAsync("once", Of("a"));
        var removal = (await _removal.BeginAsync(One, ["a"], Ct))!;
        Assert.Equal(2, (await _catalog.FindMissingAsync(One, [Announce("again", Of("a")), Announce("once", Of("a"))], Ct)).Count);
        await AddAsync("again", Of("a"));
        await _removal.FinishAsync(One, removal, Ct);
        Assert.Equal("again", await ListKeptAsync("again", "once"));

        // Born again with that file.
        await AppendAsync("a");
        _clock.Move(MediaRemoval.Patience + TimeSpan.FromSeconds(1));
        Assert.Equal(1, await _removal.FinishInterruptedAsync(_log, Ct));

        Assert.Equal("again", await ListKeptAsync("again", "once"));
        Assert.Empty(await _catalog.FindMissingAsync(One, [Announce("again", Of("a"))], Ct));
        Assert.Equal(0, await _removal.FinishInterruptedAsync(_log, Ct));
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "file")]
    public async Task A_deletion_that_a_crash_interrupted_is_finished_if_the_trace_is_gone(bool isThere, string kept)
    {
        await AppendAsync("a");
        await AddAsync("file", Of("a"));
        await _removal.BeginAsync(One, ["a"], Ct);
        if (!isThere)
        {
            await _log.DeleteStreamAsync(
                new LogDeletion
                {
                    Project = One, Stream = StreamId.ForTrace("a"), Version = 2, AppendId = Guid.NewGuid(), ReceivedAt = _clock.GetUtcNow(),
                },
                Ct);
        }

        // It may be under way still.
        Assert.Equal(0, await _removal.FinishInterruptedAsync(_log, Ct));
        Assert.Equal("file", await ListKeptAsync("file"));
        _clock.Move(MediaRemoval.Patience + TimeSpan.FromSeconds(1));

        Assert.Equal(1, await _removal.FinishInterruptedAsync(_log, Ct));

        Assert.Equal(kept, await ListKeptAsync("file"));
        Assert.Equal(0, await _removal.FinishInterruptedAsync(_log, Ct));
    }

    private static MediaHash Hash(string content) => MediaHash.FromBytes(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private static MediaLink Of(string trace) => new(trace, null, null, null, "input");

    private static MediaAnnouncement Announce(string content, MediaLink link) => new(Hash(content), "text/plain", content.Length, link);

    private async Task AddAsync(string content, params MediaLink[] links)
    {
        await _catalog.RegisterAsync(One, [.. links.Select(l => Announce(content, l))], new MediaUploadReport(_clock.GetUtcNow(), 201, null), Ct);
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(content));
        Assert.Equal(MediaWriteResult.Stored, await _store.WriteAsync(One, Hash(content), content.Length, bytes, Ct));
    }

    private async Task RemoveAsync(string trace)
    {
        var removal = await _removal.BeginAsync(One, [trace], Ct);
        await _removal.FinishAsync(One, removal!, Ct);
    }

    private async Task AppendAsync(string trace) => await _log.AppendAsync(
        new LogAppend
        {
            Project = One,
            Stream = StreamId.ForTrace(trace),
            Version = 1,
            AppendId = Guid.NewGuid(),
            PriceBook = 1,
            ReceivedAt = _clock.GetUtcNow(),
            Events = [new TraceEvent { EventId = "e", Timestamp = _clock.GetUtcNow() }],
        },
        Ct);

    private Task<IReadOnlyList<MediaRecord>> FindAsync(string content) =>
        _catalog.FindAsync(One, [Hash(content).MediaId], Ct);

    private async Task<string> ListKeptAsync(params string[] contents)
    {
        var kept = new List<string>();
        foreach (var content in contents)
        {
            if (await _store.ExistsAsync(One, Hash(content), Ct))
            {
                kept.Add(content);
            }
        }

        return string.Join(' ', kept);
    }
}

public sealed class SqliteMediaRemovalTests() : MediaRemovalTests(new SqliteControlPlane());

public sealed class PostgresMediaRemovalTests(PostgresServer server) : MediaRemovalTests(new PostgresControlPlane(server));
