using System.Security.Cryptography;
using System.Text;
using Actors.Media;
using Actors.Storage.Control;
using Actors.Storage.Datasets;
using Actors.Testing.Postgres;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Media;

/// <summary>The catalog of files, and what is removed from it.</summary>
public abstract class MediaCatalogTests(ControlPlane plane) : ControlTest(plane)
{
    private static readonly MediaLink Trace = new("t", "o", null, null, "input");

    private readonly MovedClock _clock = new();
    private MediaCatalog _catalog = null!;
    private FileMediaStore _store = null!;
    private MediaCleanup _cleanup = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _catalog = new MediaCatalog(Database, _clock);
        _store = new FileMediaStore(Plane.Shared, _clock);
        _cleanup = new MediaCleanup(Database, _store, _clock);
    }

    [Fact]
    public async Task Of_announcements_at_once_one_makes_the_entry_and_each_its_own_link()
    {
        var hash = Hash("same");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => RegisterAsync("same", Trace with { TraceId = $"t{i % 4}" }), Ct)));

        Assert.Equal(hash, Assert.Single(await FindAsync("same")).Hash);
        await using var context = Database.CreateDbContext();
        Assert.Equal(["t0", "t1", "t2", "t3"], await context.Set<MediaUse>().Select(u => u.TraceId).Order().ToListAsync(Ct));
    }

    [Fact]
    public async Task A_file_counts_as_uploaded_until_it_is_announced_as_another()
    {
        await RegisterAsync("a");
        await ReportAsync("a", 201);
        Assert.True((await RegisterAsync("a")).IsUploaded);

        var retyped = await RegisterAsync("a", type: "text/csv");
        Assert.Equal(("text/csv", false), (retyped.ContentType, retyped.IsUploaded));
        await ReportAsync("a", 200);
        var resized = await RegisterAsync("a", type: "text/csv", length: 2);
        Assert.Equal((2, false), (resized.ContentLength, resized.IsUploaded));
    }

    [Fact]
    public async Task An_announcement_that_brings_the_report_along_leaves_an_earlier_one_as_it_is()
    {
        var first = new MediaUploadReport(_clock.GetUtcNow(), 201, null);
        var later = first with { UploadedAt = first.UploadedAt.AddDays(1) };
        await RegisterAsync("failed");
        await ReportAsync("failed", 500);

        Assert.Equal(first.UploadedAt, (await RegisterAsync("new", upload: first)).UploadedAt);
        Assert.Equal(first.UploadedAt, (await RegisterAsync("new", upload: later)).UploadedAt);
        Assert.Equal(later.UploadedAt, (await RegisterAsync("new", type: "text/csv", upload: later)).UploadedAt);
        Assert.True((await RegisterAsync("failed", upload: later)).IsUploaded);
    }

    [Fact]
    public async Task Another_project_knows_nothing_of_a_file()
    {
        await RegisterAsync("a");
        var id = Hash("a").MediaId;

        Assert.False(await _catalog.ReportAsync(Two, id, new MediaUploadReport(_clock.GetUtcNow(), 200, null), Ct));
        Assert.Empty(await _catalog.FindAsync(Two, [id], Ct));
        Assert.False(Assert.Single(await FindAsync("a")).IsUploaded);
    }

    [Fact]
    public async Task What_was_announced_and_not_uploaded_in_time_is_forgotten()
    {
        foreach (var name in new[] { "never", "failed", "uploaded", "again" })
        {
            await RegisterAsync(name);
            await WriteAsync(One, name);
        }

        await ReportAsync("failed", 500);
        await ReportAsync("uploaded", 200);
        _clock.Move(MediaCleanup.Patience);
        Assert.Equal((0, 0), await _cleanup.RunAsync(Ct));
        await RegisterAsync("again");
        _clock.Move(TimeSpan.FromSeconds(1));

        Assert.Equal((2, 0), await _cleanup.RunAsync(Ct));

        Assert.Equal("uploaded again", await ListKeptAsync("never", "failed", "uploaded", "again"));
        Assert.Empty(await FindAsync("never"));
        Assert.Empty(await FindAsync("failed"));
        Assert.True(Assert.Single(await FindAsync("uploaded")).IsUploaded);
        await using var context = Database.CreateDbContext();
        Assert.Equal(2, await context.Set<MediaUse>().CountAsync(Ct));
    }

    [Fact]
    public async Task However_much_was_forgotten_all_of_it_goes()
    {
        for (var i = 0; i < 450; i++)
        {
            await RegisterAsync($"{i}");
        }

        _clock.Move(MediaCleanup.Patience + TimeSpan.FromSeconds(1));

        Assert.Equal((450, 0), await _cleanup.RunAsync(Ct));
    }

    [Fact]
    public async Task The_files_of_a_deleted_project_go_and_no_others()
    {
        await RegisterAsync("kept");
        await WriteAsync(One, "kept");
        await WriteAsync(new ProjectId("deleted"), "gone");

        Assert.Equal((0, 1), await _cleanup.RunAsync(Ct));

        Assert.False(await _store.ExistsAsync(new ProjectId("deleted"), Hash("gone"), Ct));
        Assert.Equal("kept", await ListKeptAsync("kept"));
        Assert.Equal(MediaWriteResult.Stored, await WriteAsync(One, "after"));
    }

    private static MediaHash Hash(string content) => MediaHash.FromBytes(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private async Task<MediaRecord> RegisterAsync(
        string content, MediaLink? link = null, string type = "text/plain", long? length = null, MediaUploadReport? upload = null) =>
        Assert.Single(await _catalog.RegisterAsync(
            One, [new MediaAnnouncement(Hash(content), type, length ?? content.Length, link ?? Trace)], upload, Ct));

    private async Task ReportAsync(string content, int status) => Assert.True(await _catalog.ReportAsync(
        One, Hash(content).MediaId, new MediaUploadReport(_clock.GetUtcNow(), status, null), Ct));

    private Task<IReadOnlyList<MediaRecord>> FindAsync(string content) =>
        _catalog.FindAsync(One, [Hash(content).MediaId], Ct);

    private Task<MediaWriteResult> WriteAsync(ProjectId project, string content) =>
        _store.WriteAsync(project, Hash(content), content.Length, new MemoryStream(Encoding.UTF8.GetBytes(content)), Ct);

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

public sealed class SqliteMediaCatalogTests() : MediaCatalogTests(new SqliteControlPlane());

public sealed class PostgresMediaCatalogTests(PostgresServer server) : MediaCatalogTests(new PostgresControlPlane(server));
