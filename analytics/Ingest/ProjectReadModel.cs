using Actors.Analytics.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Ingest;

/// <summary>The open read model of one project: its file, the follower that feeds it, and the reads that wait for it.</summary>
internal sealed class ProjectReadModel : IAsyncDisposable
{
    private readonly IEventLog _log;
    private readonly ProjectDatabase _database;
    private readonly Watermark _watermark;
    private readonly ProjectFollower _follower;
    private readonly TimeSpan _readWait;
    private readonly CancellationTokenSource _stop = new();

    public ProjectReadModel(
        ProjectId project, IEventLog log, ProjectDatabase database, Watermark watermark, ProjectFollower follower, TimeSpan readWait)
    {
        Project = project;
        _log = log;
        _database = database;
        _watermark = watermark;
        _follower = follower;
        _readWait = readWait;

        // Started from a grain, the loop would else run on that grain's scheduler.
        Following = Task.Run(() => follower.RunAsync(_stop.Token));
    }

    public ProjectId Project { get; }

    /// <summary>The follower's loop; faulted when the file must be rebuilt.</summary>
    public Task Following { get; }

    /// <summary>The position that the file holds.</summary>
    public long Watermark => _watermark.Value;

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
        return await _database.ReadAsync(read, cancellationToken);
    }

    /// <summary>Stops following and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _database.DisposeAsync();
        _stop.Dispose();
    }
}
