using Actors.Storage.Formats;
using Actors.Testing;
using Actors.Tracing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Storage.Sqlite;

/// <summary>What is particular to the file: locks, damage, failures, growth.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly StorageInstruments _instruments = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string LogPath => Path.Combine(_temp.Path, SqliteEventLog.FileName);

    [Fact]
    public void A_second_process_is_told_in_one_line_that_the_directory_is_taken()
    {
        using var first = DataDirectory.Open(_temp.Path);

        var e = Assert.Throws<StorageSetupException>(() => DataDirectory.Open(_temp.Path));

        Assert.Contains("Another process", e.Message, StringComparison.Ordinal);
        AssertHelps(e, _temp.Path);
    }

    [Fact]
    public void A_freed_directory_can_be_taken_again()
    {
        DataDirectory.Open(_temp.Path).Dispose();
        DataDirectory.Open(_temp.Path).Dispose();
    }

    [Fact]
    public void A_directory_that_cannot_be_made_names_the_setting()
    {
        var file = Path.Combine(_temp.Path, "file");
        File.WriteAllText(file, "in the way");

        AssertHelps(Assert.Throws<StorageSetupException>(() => DataDirectory.Open(Path.Combine(file, "data"))), file);
    }

    [Theory]
    [InlineData("this is not a database, but long enough to be looked at as if it were one......................................")]
    [InlineData("SQLite format 3\0 and then nothing of the kind..........................................................................")]
    public void A_damaged_file_is_refused_with_advice(string content)
    {
        File.WriteAllText(LogPath, content);

        AssertHelps(Assert.Throws<StorageSetupException>(OpenFails), LogPath);
    }

    [Fact]
    public void A_file_that_is_a_directory_is_refused_with_advice()
    {
        Directory.CreateDirectory(LogPath);

        AssertHelps(Assert.Throws<StorageSetupException>(OpenFails), LogPath);
    }

    [Fact]
    public async Task A_newer_schema_is_refused_with_advice()
    {
        await WithLogAsync(_ => Task.CompletedTask);
        Execute("UPDATE log_meta SET value = '99' WHERE key = 'schema_version'");

        var e = Assert.Throws<StorageSetupException>(OpenFails);

        Assert.Contains("newer version (schema 99", e.Message, StringComparison.Ordinal);
        AssertHelps(e, LogPath);
    }

    [Fact]
    public Task A_failed_commit_is_an_unknown_outcome_and_the_same_append_may_be_repeated() => WithLogAsync(async log =>
    {
        var append = LogSamples.Append(LogSamples.Trace(), 1);
        await using (var connection = new SqliteConnection($"Data Source={LogPath};Pooling=False"))
        {
            await connection.OpenAsync(Ct);
            connection.Execute("BEGIN IMMEDIATE");
            await Assert.ThrowsAsync<EventLogUnavailableException>(() => log.AppendAsync(append, Ct).AsTask());
        }

        var outcome = await log.AppendAsync(append, Ct);

        Assert.False(outcome.IsConflict);
        Assert.Equal(outcome, await log.AppendAsync(append, Ct));
        Assert.Equal(outcome.Position, await log.GetHeadAsync(LogSamples.Project, Ct));
    });

    [Fact]
    public Task A_damaged_row_is_named() => WithLogAsync(async log =>
    {
        await log.AppendAsync(LogSamples.Append(LogSamples.Trace(), 1), Ct);
        Execute("UPDATE event_log SET head = x'01ffffff7f00'");

        var e = await Assert.ThrowsAsync<EventLogFormatException>(
            () => log.ReadStreamAsync(LogSamples.Project, LogSamples.Trace(), LogText.Without, Ct));

        Assert.Contains("Version 1 of stream 't:trace-1'", e.Message, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(40_000)]
    public async Task What_was_deleted_is_in_no_byte_of_the_files(int length)
    {
        // Letters at random, so that long text is not packed into something else.
        var random = new Random(length);
        var filler = string.Create(length, random, (span, r) => r.GetItems("abcdefghijklmnopqrstuvwxyz0123456789".AsSpan(), span));
        await WithLogAsync(async log =>
        {
            var trace = LogSamples.Trace();
            for (var version = 1; version <= 3; version++)
            {
                await log.AppendAsync(LogSamples.Append(trace, version, LogSamples.Generation($"secret-id-{version}", "secret-input" + filler)), Ct);
            }

            await log.AppendAsync(LogSamples.Append(trace, 4, LogSamples.Score("secret-score-1")), Ct);
            var other = LogSamples.Trace("other");
            await log.AppendAsync(LogSamples.Append(other, 1, LogSamples.Generation("kept-id"), LogSamples.Score("secret-score-2") with { Comment = "secret-comment" }), Ct);
            await log.DeleteStreamAsync(LogSamples.Deletion(trace, 5), Ct);
            await log.AppendAsync(LogSamples.Append(other, 2, LogSamples.ScoreDeleted("secret-score-2") with { EventId = "d" }), Ct);
        });

        var files = Directory.GetFiles(_temp.Path).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)).ToList();
        var bytes = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Assert.Single(files), Ct));
        Assert.Contains("kept-id", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-id", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-input", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-comment", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-score-1", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain(filler, length > 1 ? bytes : "", StringComparison.Ordinal);
    }

    [Fact]
    public Task The_write_ahead_log_starts_anew_after_a_deletion() => WithLogAsync(async log =>
    {
        await log.AppendAsync(LogSamples.Append(LogSamples.Trace(), 1, LogSamples.Generation("secret-id")), Ct);
        await log.DeleteStreamAsync(LogSamples.Deletion(LogSamples.Trace(), 2), Ct);

        // The checkpoint follows the answer on the writer's thread; the next answer comes after it.
        await log.AppendAsync(LogSamples.Append(LogSamples.Trace("other"), 1), Ct);

        var wal = new FileStream(LogPath + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        await using (wal)
        {
            using var reader = new StreamReader(wal, System.Text.Encoding.Latin1);
            Assert.DoesNotContain("secret-id", await reader.ReadToEndAsync(Ct), StringComparison.Ordinal);
        }
    });

    [Fact]
    public async Task The_write_ahead_log_stays_bounded_while_readers_come_and_go()
    {
        const long MaxWalBytes = 2 << 20;
        const int RowBytes = 256 << 10;
        await WithLogAsync(
            async log =>
            {
                using var stop = new CancellationTokenSource();
                var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
                {
                    while (!stop.IsCancellationRequested)
                    {
                        await log.ReadChangesAsync(LogSamples.Project, 0, 5, CancellationToken.None);
                    }
                })).ToList();
                var noise = new byte[RowBytes / 2];
                for (var version = 1; version <= 100; version++)
                {
                    new Random(version).NextBytes(noise);
                    await log.AppendAsync(LogSamples.Append(LogSamples.Trace(), version, LogSamples.Generation("g", Convert.ToHexString(noise))), Ct);
                }

                await stop.CancelAsync();
                await Task.WhenAll(readers);
                Assert.InRange(new FileInfo(LogPath + "-wal").Length, 0, MaxWalBytes + (4 * RowBytes));
            },
            new EventLogOptions { MaxWalBytes = MaxWalBytes });

        Assert.False(File.Exists(LogPath + "-wal"), "An orderly end leaves no write-ahead log.");
    }

    public void Dispose()
    {
        _instruments.Dispose();
        _temp.Dispose();
    }

    private static void AssertHelps(StorageSetupException e, string path)
    {
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
        Assert.Contains(DataDirectory.Setting, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    private SqliteEventLog Open(DataDirectory directory, EventLogOptions? options = null) =>
        SqliteEventLog.Open(directory, options ?? new EventLogOptions(), TimeProvider.System, _instruments, NullLogger<SqliteEventLog>.Instance);

    private void OpenFails()
    {
        using var directory = DataDirectory.Open(_temp.Path);
        using var log = Open(directory);
    }

    private async Task WithLogAsync(Func<SqliteEventLog, Task> act, EventLogOptions? options = null)
    {
        using var directory = DataDirectory.Open(_temp.Path);
        await using var log = Open(directory, options);
        await act(log);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={LogPath};Pooling=False");
        connection.Open();
        connection.Execute(sql);
    }
}
