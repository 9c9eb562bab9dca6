using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Actors.Access;
using Actors.Media;
using Actors.Operations;
using Actors.Storage.Sqlite;
using Actors.Testing;
using Actors.Tracing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.Storage.Backups;

/// <summary>A copy that is taken while the stores work becomes stores with everything that was acknowledged before.</summary>
public sealed class EmbeddedBackupsTests : IDisposable
{
    private static readonly byte[] Picture = Encoding.UTF8.GetBytes("a picture");

    private readonly TempDirectory _temp = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_copy_taken_under_load_has_what_was_acknowledged_before_it_and_nothing_half()
    {
        BackupRecord taken;
        Guid logId;
        var before = new List<StreamId>();
        await using (var services = await OpenAsync("data"))
        {
            var log = services.GetRequiredService<IEventLog>();
            logId = log.LogId;
            await MakeProjectAsync(services);
            await log.AppendAsync(LogSamples.Append(LogSamples.Trace("gone"), 1), Ct);
            await log.DeleteStreamAsync(LogSamples.Deletion(LogSamples.Trace("gone"), 2), Ct);
            for (var i = 0; i < 200; i++)
            {
                before.Add(LogSamples.Trace($"before-{i}"));
                await log.AppendAsync(LogSamples.Append(before[^1], 1), Ct);
            }

            using var over = new CancellationTokenSource();
            var load = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() => WriteAsync(log, writer, over.Token), Ct)));
            taken = Assert.IsType<BackupRecord>((await services.GetRequiredService<IBackups>().TakeAsync(Ct)).Value);
            await over.CancelAsync();
            await load;
            Assert.Equal(taken, Assert.Single(await services.GetRequiredService<IBackups>().ListAsync(Ct)));
        }

        AssertWhole(taken);
        CopyDirectory(taken.Path, Path.Combine(_temp.Path, "restored"));
        await using var restored = await OpenAsync("restored");
        var copy = restored.GetRequiredService<IEventLog>();
        Assert.Equal(logId, copy.LogId);
        foreach (var stream in before)
        {
            Assert.Equal(1, Assert.Single(await copy.ReadStreamAsync(LogSamples.Project, stream, LogText.With, Ct)).Version);
        }

        await AssertWholeRowsAsync(copy);
        Assert.True((await copy.ReadStreamAsync(LogSamples.Project, LogSamples.Trace("gone"), LogText.With, Ct))[^1].IsDeletion);
        Assert.Equal(LogSamples.Project, Assert.Single(await restored.GetRequiredService<IProjectDirectory>().ListAsync(Ct)).Id);
        await using var picture = await restored.GetRequiredService<IMediaStore>().OpenAsync(LogSamples.Project, HashOf(Picture), Ct);
        Assert.NotNull(picture);
        Assert.Equal(Picture.Length, picture.Length);
        Assert.Equal("secret", await File.ReadAllTextAsync(Path.Combine(_temp.Path, "restored", "keys", "key-1.xml"), Ct));
        Assert.Equal(1, (await copy.AppendAsync(LogSamples.Append(LogSamples.Trace("after"), 1), Ct)).CurrentVersion);
    }

    [Fact]
    public async Task Of_two_at_once_one_is_told_to_wait_and_what_an_earlier_crash_left_is_removed()
    {
        await using var services = await OpenAsync("data");
        var backups = services.GetRequiredService<IBackups>();
        var left = Directory.CreateDirectory(Path.Combine(_temp.Path, "data", "backups", ".partial-20260101T000000000Z"));
        await File.WriteAllTextAsync(Path.Combine(left.FullName, "SHA256SUMS"), "", Ct);
        Assert.Empty(await backups.ListAsync(Ct));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => backups.TakeAsync(Ct)));

        Assert.Contains(outcomes, o => o.Value is not null);
        Assert.All(outcomes.Where(o => o.Value is null), o => Assert.Equal(RefusalKind.Conflict, o.Refusal!.Kind));
        Assert.Equal(outcomes.Count(o => o.Value is not null), Directory.GetDirectories(Path.Combine(_temp.Path, "data", "backups")).Length);
    }

    [Fact]
    public async Task A_copy_that_is_given_up_or_finds_no_room_leaves_nothing_behind()
    {
        await using (var services = await OpenAsync("data"))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => services.GetRequiredService<IBackups>().TakeAsync(new CancellationToken(canceled: true)));
            using var soon = new CancellationTokenSource();
            var taking = services.GetRequiredService<IBackups>().TakeAsync(soon.Token);
            await soon.CancelAsync();
            await Record.ExceptionAsync(() => taking);
            Assert.All(Directory.GetDirectories(Path.Combine(_temp.Path, "data", "backups")), d => Assert.True(File.Exists(Path.Combine(d, "SHA256SUMS"))));
        }

        await File.WriteAllTextAsync(Path.Combine(_temp.Path, "file"), "", Ct);
        await using var blocked = await OpenAsync("data", ("Actors:BackupDirectory", Path.Combine(_temp.Path, "file", "below")));
        var e = await Assert.ThrowsAsync<BackupFailedException>(() => blocked.GetRequiredService<IBackups>().TakeAsync(Ct));
        Assert.Contains(Path.Combine(_temp.Path, "file"), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_whole_log_is_read_no_batch_waits_for_the_reader()
    {
        await using var services = await OpenAsync("data", ("Actors:EventLog:MaxWalBytes", "16777216"));
        var log = services.GetRequiredService<SqliteEventLog>();
        await log.AppendAsync(LogSamples.Append(LogSamples.Trace("first"), 1), Ct);
        using var reader = SqliteFile.OpenForReading(Path.Combine(_temp.Path, "data", SqliteEventLog.FileName));
        reader.Execute("BEGIN; SELECT count(*) FROM event_log");
        using var reading = log.BeginLongRead();
        var appends = Task.Run(
            async () =>
            {
                for (var i = 0; i < 24; i++)
                {
                    var unique = $"\"{Convert.ToHexString(RandomNumberGenerator.GetBytes(1_500_000))}\"";
                    await log.AppendAsync(LogSamples.Append(LogSamples.Trace($"t-{i}"), 1, LogSamples.Generation("g", unique)), Ct);
                }
            },
            Ct);

        // Each batch would wait two seconds for a reader that does not end.
        await appends.WaitAsync(TimeSpan.FromSeconds(12), Ct);
    }

    [Fact]
    public async Task With_postgres_the_database_has_tools_of_its_own()
    {
        var backups = new PostgresBackups();
        Assert.Contains("pg_dump", (await backups.TakeAsync(Ct)).Refusal!.Message, StringComparison.Ordinal);
        Assert.Empty(await backups.ListAsync(Ct));
    }

    private static async Task MakeProjectAsync(IServiceProvider services)
    {
        await services.GetRequiredService<IProjectDirectory>().EnsureAsync(
            new ProjectSetup
            {
                OrganizationId = "org",
                OrganizationName = "Organization",
                ProjectId = LogSamples.Project,
                ProjectName = "Project",
                PublicKey = "pk-lf-1",
                SecretKey = "sk-lf-1",
            },
            Ct);
        using var content = new MemoryStream(Picture);
        await services.GetRequiredService<IMediaStore>().WriteAsync(LogSamples.Project, HashOf(Picture), Picture.Length, content, Ct);
    }

    private static MediaHash HashOf(byte[] content) => MediaHash.FromBytes(SHA256.HashData(content));

    private static async Task WriteAsync(IEventLog log, int writer, CancellationToken over)
    {
        for (var i = 0; !over.IsCancellationRequested; i++)
        {
            var stream = LogSamples.Trace(string.Create(CultureInfo.InvariantCulture, $"during-{writer}-{i}"));
            await log.AppendAsync(LogSamples.Append(stream, 1), Ct);
            await log.AppendAsync(LogSamples.Append(stream, 2), Ct);
        }
    }

    // Every row that is there can be read whole, and no second version is there without the first.
    private static async Task AssertWholeRowsAsync(IEventLog log)
    {
        var versions = new Dictionary<StreamId, long>();
        for (long position = 0; ;)
        {
            var rows = await log.ReadChangesAsync(LogSamples.Project, position, 500, Ct);
            if (rows.Count == 0)
            {
                return;
            }

            foreach (var row in rows.Where(r => r.Stream != LogSamples.Trace("gone")))
            {
                Assert.Equal(versions.GetValueOrDefault(row.Stream) + 1, row.Version);
                versions[row.Stream] = row.Version;
                Assert.Single(row.Events);
            }

            position = rows[^1].Position;
        }
    }

    private static void AssertWhole(BackupRecord backup)
    {
        var lines = File.ReadAllLines(Path.Combine(backup.Path, "SHA256SUMS"));
        Assert.Equal(backup.Files, lines.Length);
        foreach (var line in lines)
        {
            var (hash, name) = (line[..64], line[66..]);
            Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(backup.Path, name)))));
        }

        Assert.Equal(["control.db", "events.db", "keys/key-1.xml"], lines.Select(l => l[66..]).Where(n => !n.StartsWith("media/", StringComparison.Ordinal)).Order());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(backup.Path));
        }
    }

    private static void CopyDirectory(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private async Task<ServiceProvider> OpenAsync(string name, params (string Key, string Value)[] settings)
    {
        var data = Path.Combine(_temp.Path, name);
        Directory.CreateDirectory(Path.Combine(data, "keys"));
        if (name == "data")
        {
            await File.WriteAllTextAsync(Path.Combine(data, "keys", "key-1.xml"), "secret", Ct);
        }

        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Actors:DataDirectory", (string?)data), .. settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))])
            .Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddActorsStorage().BuildServiceProvider();
        await services.GetServices<IHostedService>().OfType<IHostedLifecycleService>().Single().StartingAsync(Ct);
        return services;
    }
}
