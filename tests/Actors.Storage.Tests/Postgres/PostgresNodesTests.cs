using Actors.Testing.Processes;
using Actors.Tracing;
using Npgsql;
using static Actors.Testing.LogSamples;

namespace Actors.Storage.Postgres;

/// <summary>What the log promises when several nodes use it at the same time.</summary>
public sealed class PostgresNodesTests(LogDatabase database) : IClassFixture<LogDatabase>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<PostgresEventLog> _nodes = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        // Nobody looks for rows, so that who is woken was told.
        var options = new EventLogOptions { HeadPollInterval = TimeSpan.FromHours(1) };
        _nodes.AddRange([database.Open(options), database.Open(options), database.Open(options)]);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await database.EmptyAsync();
    }

    /// <summary>
    /// Goal: a reader sees every acknowledged row once and in rising order, whoever wrote it. Method: two nodes write the same
    /// streams of the same two projects, so that they conflict all the time, while a third follows one of the projects.
    /// </summary>
    [Fact]
    public async Task A_reader_sees_every_row_of_all_nodes_once_and_in_order()
    {
        const int Streams = 12;
        const int Rows = 40;
        var following = Task.Run(() => FollowAsync(_nodes[2], Streams * Rows), Ct);

        var written = await Task.WhenAll(Enumerable.Range(0, 2 * Streams).Select(i => Task.Run(() => WriteAsync(_nodes[i % 2], Trace($"{i / 2}"), Rows), Ct)));

        var seen = await following.WaitAsync(Patience, Ct);
        Assert.Equal(Enumerable.Range(1, Streams * Rows).Select(p => (long)p), seen.Select(r => r.Position));
        Assert.Equal(
            written.SelectMany(w => w).Order(),
            seen.Select(r => (r.Position, r.Stream.Value, r.Version)).Order());
        Assert.Empty(await _nodes[2].ReadChangesAsync(Project, seen[^1].Position, 10, Ct));
    }

    /// <summary>
    /// Goal: a position that a reader has passed never appears later. Method: a writer of the first position that commits late,
    /// by hand, while a node appends to the same project.
    /// </summary>
    [Fact]
    public async Task Who_comes_after_a_writer_that_commits_late_waits_and_stands_behind_it()
    {
        await _nodes[0].AppendAsync(Append(Trace("aside"), 1) with { Project = new ProjectId("aside") }, Ct);
        await database.ExecuteAsync($"CALL log.number_project('{Project}', NULL)");
        await using var late = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await late.OpenAsync(Ct);
        await using var transaction = await late.BeginTransactionAsync(Ct);
        await RunAsync(late, $"SELECT FROM log.projects WHERE project_id = '{Project}' FOR NO KEY UPDATE");
        await RunAsync(late, $"""
            INSERT INTO log.events (position, version, received_at, project_no, price_book, kind, format, append_id, stream_id, head)
            SELECT 1, 1, 0, project_no, 1, 1, 1, gen_random_uuid(), 't:late'::bytea, '\x00'::bytea FROM log.projects WHERE project_id = '{Project}'
            """);

        var append = _nodes[0].AppendAsync(Append(Trace(), 1), Ct).AsTask();
        await Eventually.GetAsync(
            "The nodes at the lock",
            Patience,
            () => database.ExecuteAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"),
            waiting => waiting is 1L,
            Ct);
        Assert.Empty(await _nodes[1].ReadChangesAsync(Project, 0, 10, Ct));
        await transaction.CommitAsync(Ct);

        Assert.Equal(2, (await append.WaitAsync(Patience, Ct)).Position);
        Assert.Equal([1, 2], (await _nodes[1].ReadChangesAsync(Project, 0, 10, Ct)).Select(r => r.Position));
    }

    [Fact]
    public async Task What_one_node_has_appended_is_the_head_for_all_at_once()
    {
        for (var version = 1; version <= 20; version++)
        {
            var outcome = await _nodes[version % 2].AppendAsync(Append(Trace(), version), Ct);

            var heads = await Task.WhenAll(_nodes.Select(n => n.GetHeadAsync(Project, Ct).AsTask()));

            Assert.All(heads, head => Assert.Equal(outcome.Position, head));
        }
    }

    [Fact]
    public async Task Who_waits_on_one_node_is_woken_by_a_deletion_on_another()
    {
        await _nodes[0].AppendAsync(Append(Trace(), 1), Ct);
        var wait = _nodes[1].WaitForChangeAsync(Project, 1, Ct);

        var deleted = await _nodes[0].DeleteStreamAsync(Deletion(Trace(), 2), Ct);

        await wait.WaitAsync(Patience, Ct);
        Assert.Equal(2, deleted.Position);
        Assert.All(await _nodes[1].ReadChangesAsync(Project, 0, 10, Ct), row => Assert.True(row.IsDeletion));
    }

    /// <summary>
    /// Goal: what was told while nobody listened is found. Method: a row that nobody tells of, by hand; then the listeners lose
    /// their connections.
    /// </summary>
    [Fact]
    public async Task Who_waits_is_woken_when_the_connection_that_listens_is_made_again()
    {
        await _nodes[0].AppendAsync(Append(Trace(), 1), Ct);
        var wait = _nodes[1].WaitForChangeAsync(Project, 1, Ct);
        await database.ExecuteAsync($"""
            INSERT INTO log.events (position, version, received_at, project_no, price_book, kind, format, append_id, stream_id, head)
            SELECT 2, 1, 0, project_no, 1, 1, 1, gen_random_uuid(), 't:untold'::bytea, '\x00'::bytea FROM log.projects WHERE project_id = '{Project}'
            """);
        await Eventually.GetAsync(
            "The listener's end",
            Patience,
            () => database.ExecuteAsync($"""
                SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = '{NodeListener.ApplicationName}'
                """),
            ended => ended is 1L,
            Ct);

        await wait.WaitAsync(Patience, Ct);
    }

    [Fact]
    public async Task An_append_whose_node_is_gone_is_repeated_by_another_without_being_stored_twice()
    {
        var append = Append(Trace(), 1);
        var outcomes = await Task.WhenAll(_nodes.Select(n => Task.Run(() => n.AppendAsync(append, Ct).AsTask(), Ct)));

        Assert.Single(outcomes.Distinct());
        Assert.Single(await _nodes[0].ReadStreamAsync(Project, Trace(), LogText.With, Ct));
    }

    [Fact]
    public async Task A_project_that_one_node_erases_while_another_writes_goes_on_with_new_positions()
    {
        await WriteAsync(_nodes[0], Trace(), 30);

        var writing = WriteAsync(_nodes[1], Trace("other"), 30);
        await _nodes[0].EraseProjectAsync(Project, Ct);
        var written = await writing.WaitAsync(Patience, Ct);
        await _nodes[2].EraseProjectAsync(Project, Ct);

        Assert.Empty(await _nodes[0].ReadChangesAsync(Project, 0, 10, Ct));
        Assert.Equal(0, await _nodes[1].GetHeadAsync(Project, Ct));
        var again = await _nodes[1].AppendAsync(Append(Trace(), 1), Ct);
        Assert.Equal(30 + written.Count + 1, again.Position);
    }

    [Fact]
    public async Task A_score_id_too_long_for_an_index_is_found()
    {
        var score = Score(new string('点', 3000));
        await _nodes[0].AppendAsync(Append(Trace(), 1, score), Ct);

        Assert.Equal(Trace(), await _nodes[1].FindScoreAsync(Project, score.ScoreId, Ct));
        Assert.Null(await _nodes[1].FindScoreAsync(Project, score.ScoreId + "点", Ct));
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // The statements are the tests' own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Ct);
    }

    // Two writers of a stream race for each of its versions; together they make all of them.
    private static async Task<List<(long Position, string Stream, long Version)>> WriteAsync(PostgresEventLog log, StreamId stream, int rows)
    {
        var won = new List<(long, string, long)>();
        for (long version = 1; version <= rows;)
        {
            var append = Append(stream, version);
            await log.AppendAsync(append with { Project = new ProjectId("aside"), Stream = Trace($"{append.AppendId}"), Version = 1 }, Ct);
            var outcome = await log.AppendAsync(append, Ct);
            if (!outcome.IsConflict)
            {
                won.Add((outcome.Position, stream.Value, version));
            }

            version = outcome.CurrentVersion + 1;
        }

        return won;
    }

    private static async Task<List<LogRow>> FollowAsync(PostgresEventLog log, int total)
    {
        var seen = new List<LogRow>();
        while (seen.Count < total)
        {
            var watermark = seen.Count > 0 ? seen[^1].Position : 0;
            var rows = await log.ReadChangesAsync(Project, watermark, 50, Ct);
            seen.AddRange(rows);
            if (rows.Count == 0)
            {
                await log.WaitForChangeAsync(Project, watermark, Ct).WaitAsync(Patience, Ct);
            }
        }

        return seen;
    }
}
