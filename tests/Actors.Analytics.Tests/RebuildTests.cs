using Actors.Analytics.Ingest;
using DuckDB.NET.Data;

namespace Actors.Analytics;

/// <summary>However the rows came into the file, it holds the same.</summary>
public sealed class RebuildTests
{
    [Theory]
    [InlineData(1, 64L << 20)]
    [InlineData(2, 64L << 20)]
    [InlineData(3, 20_000)]
    [InlineData(4, 20_000)]
    [InlineData(5, 0)]
    public async Task A_file_fed_live_equals_one_rebuilt_from_the_log(int seed, long foldCacheBytes)
    {
        await using var log = new TestLog();
        await using var live = new TestReadModel(log, configure: options => options.FoldCacheBytes = foldCacheBytes);
        var traffic = new Traffic(log, seed, deletes: true);
        for (var i = 0; i < 25; i++)
        {
            await traffic.AppendAsync(1 + (i * 7 % 13));
            await live.ListAsync();
        }

        await using var rebuilt = new TestReadModel(log, Path.Combine(log.Directory, "rebuilt"));
        Assert.Equal(await rebuilt.DumpAsync(), await live.DumpAsync());
    }

    /// <summary>The file and its write-ahead log are copied while they are in use: what a killed process leaves behind.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task A_file_left_by_a_killed_process_goes_on_exactly_once(int seed)
    {
        await using var log = new TestLog();
        await using var live = new TestReadModel(log);
        var traffic = new Traffic(log, seed, deletes: true);
        for (var i = 0; i < 4; i++)
        {
            await traffic.AppendAsync(15);
            await live.ListAsync();
            await traffic.AppendAsync(10);
            var copy = Path.Combine(log.Directory, $"killed-{i}");
            Directory.CreateDirectory(copy);
            foreach (var file in Directory.GetFiles(live.Directory))
            {
                File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            }

            await using var reopened = new TestReadModel(log, copy);
            await using var rebuilt = new TestReadModel(log, Path.Combine(log.Directory, $"rebuilt-{i}"));
            Assert.Equal(await rebuilt.DumpAsync(), await reopened.DumpAsync());
        }
    }

    [Fact]
    public async Task A_file_goes_on_after_it_was_closed_between_commits()
    {
        await using var log = new TestLog();
        await using var live = new TestReadModel(log);
        var traffic = new Traffic(log, seed: 21, deletes: true);
        for (var i = 0; i < 6; i++)
        {
            await traffic.AppendAsync(12);
            await live.ListAsync();
            await live.Analytics.CloseAsync(TestLog.Project);
        }

        await using var rebuilt = new TestReadModel(log, Path.Combine(log.Directory, "rebuilt"));
        Assert.Equal(await rebuilt.DumpAsync(), await live.DumpAsync());
    }

    [Fact]
    public async Task A_failed_commit_leaves_no_trace_and_the_next_one_succeeds()
    {
        await using var log = new TestLog();
        var directory = Path.Combine(log.Directory, "direct");
        var file = new Schema.ProjectFile(
            Path.Combine(directory, "p.duckdb"), new AnalyticsOptions(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var (connection, watermark) = file.Open(TestLog.Project, log.Log);
        using (connection)
        {
            await new Traffic(log, seed: 22).AppendAsync(10);
            var rows = await log.Log.ReadChangesAsync(TestLog.Project, watermark, 100, TestContext.Current.CancellationToken);
            var folder = new BatchFolder(TestLog.Project, log.Log, log.Folder, new FoldCache(0));
            var batch = await folder.FoldAsync(watermark, rows, TestContext.Current.CancellationToken);
            var writer = new BatchWriter(connection);

            var bad = new ModelBatch(batch.From, batch.To);
            bad.Traces.AddRange(batch.Traces);
            bad.Observations.Add(batch.Observations[0] with { Record = batch.Observations[0].Record with { Environment = null! } });
            Assert.ThrowsAny<DuckDBException>(() => writer.Commit(bad));
            Assert.Equal(0, Schema.ReadModelSchema.ReadWatermark(connection, log.Log.LogId));

            writer.Commit(batch);
            Assert.Equal(batch.To, Schema.ReadModelSchema.ReadWatermark(connection, log.Log.LogId));
            Assert.Throws<InvalidOperationException>(() => writer.Commit(batch));
        }
    }

    [Fact]
    public async Task A_file_of_another_log_is_rebuilt()
    {
        await using var first = new TestLog();
        await using var second = new TestLog();
        var directory = Path.Combine(first.Directory, "shared");
        await new Traffic(first, seed: 31).AppendAsync(30);
        await using (var model = new TestReadModel(first, directory))
        {
            await model.ListAsync();
        }

        await new Traffic(second, seed: 32).AppendAsync(20);
        await using var other = new TestReadModel(second, directory);
        await using var rebuilt = new TestReadModel(second, Path.Combine(second.Directory, "rebuilt"));
        Assert.Equal(await rebuilt.DumpAsync(), await other.DumpAsync());
    }

    [Theory]
    [InlineData("UPDATE meta SET schema_version = 999")]
    [InlineData("UPDATE meta SET fold_version = 999")]
    [InlineData("DROP TABLE meta")]
    [InlineData("DELETE FROM meta")]
    public async Task A_file_of_another_schema_or_fold_is_rebuilt(string change)
    {
        await using var log = new TestLog();
        await new Traffic(log, seed: 33).AppendAsync(30);
        await using var model = new TestReadModel(log);
        var before = await model.DumpAsync();
        using (var connection = new DuckDBConnection($"DataSource={model.File}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = change;
            command.ExecuteNonQuery();
        }

        Assert.Equal(before, await model.DumpAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(5_000)]
    public async Task A_damaged_file_is_rebuilt(int intactBytes)
    {
        await using var log = new TestLog();
        await new Traffic(log, seed: 34).AppendAsync(30);
        await using var model = new TestReadModel(log);
        var before = await model.DumpAsync();
        var bytes = await File.ReadAllBytesAsync(model.File, TestContext.Current.CancellationToken);
        Array.Fill(bytes, (byte)0xA5, intactBytes, bytes.Length - intactBytes);
        await File.WriteAllBytesAsync(model.File, bytes, TestContext.Current.CancellationToken);

        Assert.Equal(before, await model.DumpAsync());
    }
}
