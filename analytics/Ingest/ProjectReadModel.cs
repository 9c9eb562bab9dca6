using Actors.Analytics.Audit;
using Actors.Analytics.Queries;
using Actors.Queries;
using Actors.Tracing;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Actors.Analytics.Ingest;

/// <summary>The open read model of one project: its file, the follower that feeds it, and the reads that wait for it.</summary>
internal sealed class ProjectReadModel : IAsyncDisposable
{
    private readonly IEventLog _log;
    private readonly ProjectDatabase _database;
    private readonly Watermark _watermark;
    private readonly ProjectFollower _follower;
    private readonly TimeSpan _readWait;
    private readonly long _headAtOpen;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _damaged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _following;
    private readonly Task _auditing;

    public ProjectReadModel(
        ProjectId project, IEventLog log, ProjectDatabase database, Watermark watermark, ProjectFollower follower, ColumnAudit audit, TimeSpan readWait)
    {
        Project = project;
        _log = log;
        _database = database;
        _watermark = watermark;
        _follower = follower;
        _readWait = readWait;
        _headAtOpen = watermark.KnownHead;
        Audit = audit;

        // Started from a grain, the loop would else run on that grain's scheduler.
        _following = Task.Run(() => follower.RunAsync(_stop.Token));
        _auditing = Task.Run(() => audit.RunAsync(_stop.Token));
        Following = Task.WhenAny(_following, _damaged.Task).Unwrap();
    }

    public ProjectId Project { get; }

    /// <summary>Goes on while the file is followed; faulted when it must be rebuilt.</summary>
    public Task Following { get; }

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

    /// <summary>Stops following and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _auditing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _follower.Dispose();
        await _database.DisposeAsync();
        _stop.Dispose();
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
