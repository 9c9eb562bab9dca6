using Actors.Analytics.Audit;
using Actors.Analytics.Bases;
using Actors.Analytics.Queries;
using Actors.Queries;
using Actors.Tracing;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Actors.Analytics.Ingest;

/// <summary>The open read model of one project: its file, the follower that feeds it, and the reads that wait for it.</summary>
internal sealed class ProjectReadModel : IAsyncDisposable
{
    // A base that is fetched by then has cost no work in vain; and shared storage that does not answer keeps nobody longer.
    private static readonly TimeSpan HeadStart = TimeSpan.FromSeconds(10);

    private readonly IEventLog _log;
    private readonly ProjectDatabase _database;
    private readonly Watermark _watermark;
    private readonly ProjectFollower _follower;
    private readonly TimeSpan _readWait;
    private readonly long _headAtOpen;
    private readonly BaseKeeper? _bases;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _damaged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _following;
    private readonly Task _auditing;

    public ProjectReadModel(
        ProjectId project, IEventLog log, ProjectDatabase database, Watermark watermark, ProjectFollower follower, ColumnAudit audit,
        BaseKeeper? bases, TimeSpan readWait, TimeProvider time)
    {
        Project = project;
        _log = log;
        _database = database;
        _watermark = watermark;
        _follower = follower;
        _readWait = readWait;
        _headAtOpen = watermark.KnownHead;
        Audit = audit;
        _bases = bases;

        // Started from a grain, the loop would else run on that grain's scheduler.
        Fetching = bases is null ? Task.FromResult<long?>(null) : Task.Run(() => bases.FetchAsync(_closing.Token));
        _following = Task.Run(() => FollowAsync(time));
        _auditing = Task.Run(() => audit.RunAsync(_stop.Token));
        Following = Task.WhenAny(_following, _damaged.Task).Unwrap();
    }

    public ProjectId Project { get; }

    /// <summary>Goes on while the file is followed; faulted when it must be rebuilt.</summary>
    public Task Following { get; }

    /// <summary>
    /// The position of a base that is far ahead of the file and lies ready to take its place; null: there is none, and the file is built
    /// from the log.
    /// </summary>
    public Task<long?> Fetching { get; }

    /// <summary>Compares the file with the log.</summary>
    public ColumnAudit Audit { get; }

    /// <summary>The position that the file holds.</summary>
    public long Watermark => _watermark.Value;

    /// <summary>What the model is about.</summary>
    public AnalyticsState State =>
        _follower.IsFailing ? AnalyticsState.Failing
        : _watermark.Value < _headAtOpen ? AnalyticsState.CatchingUp
        : AnalyticsState.Following;

    /// <summary>The positions that the file is behind what is known of the log.</summary>
    public long Gap => _watermark.KnownHead - _watermark.Value;

    /// <summary>For how long no row came.</summary>
    public TimeSpan Quiet => _follower.Quiet;

    /// <summary>When the oldest row was received that the follower has in hand; null: none.</summary>
    public DateTimeOffset? PendingSince => _follower.PendingSince;

    /// <summary>Runs queries in one snapshot that includes all that the log held at the time of the call, or what there is after the bound.</summary>
    public async Task<T> ReadAsync<T>(Func<ReadSession, T> read, CancellationToken cancellationToken)
    {
        var head = await _log.GetHeadAsync(Project, cancellationToken);
        await _watermark.ReachAsync(head, _readWait, cancellationToken);
        try
        {
            return await _database.ReadAsync(head, read, cancellationToken);
        }
        catch (DuckDBException exception) when (IsDamage(exception))
        {
            _damaged.TrySetException(new ReadModelFailedException($"The read model of project {Project} cannot be read.", exception));
            throw;
        }
    }

    /// <inheritdoc cref="BaseKeeper.IsDue"/>
    public bool IsBaseDue(bool isLast) => _bases?.IsDue(isLast) ?? false;

    /// <inheritdoc cref="BaseKeeper.LeaveAsync"/>
    public async Task LeaveBaseAsync(bool isLast, CancellationToken cancellationToken)
    {
        if (_bases is not null)
        {
            using var given = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, cancellationToken);
            await _bases.LeaveAsync(isLast, given.Token);
        }
    }

    /// <summary>Gives up what would keep those waiting who want the file to be closed; readers are still answered.</summary>
    public void BeginClosing() => _ = _closing.CancelAsync();

    /// <summary>Stops following and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await Fetching;
        await _stop.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _auditing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _follower.Dispose();
        await _database.DisposeAsync();
        _stop.Dispose();
        _closing.Dispose();
    }

    private async Task FollowAsync(TimeProvider time)
    {
        using (var waiting = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token))
        {
            await Task.WhenAny(Fetching, Task.Delay(HeadStart, time, waiting.Token));
            await waiting.CancelAsync();
        }

        if (!Fetching.IsCompleted || await Fetching is null)
        {
            await _follower.RunAsync(_stop.Token);
        }
    }

    // A file whose catalogue is whole opens, and only the query that needs a block finds that it is cut off or wrong. After a
    // fatal error DuckDB refuses everything until the file is opened again. Other errors are those of one query or of the disk.
    private static bool IsDamage(DuckDBException e) => e.ErrorType switch
    {
        DuckDBErrorType.Fatal => true,
        DuckDBErrorType.Io => e.Message.Contains("Could not read", StringComparison.Ordinal) || e.Message.Contains("Corrupt", StringComparison.Ordinal),
        _ => false,
    };
}
