using Actors.Analytics.Audit;
using Actors.Analytics.Bases;
using Actors.Tracing;
using DuckDB.NET.Data;
using Microsoft.Extensions.Logging;

namespace Actors.Analytics.Ingest;

/// <summary>
/// Brings one project's file up to the log, batch by batch. The file's own watermark says where to go on, so catching up
/// after a crash is the same as following.
/// </summary>
internal sealed partial class ProjectFollower : IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly ProjectId _project;
    private readonly IEventLog _log;
    private readonly ProjectDatabase _database;
    private readonly Watermark _watermark;
    private readonly FoldCache _cache;
    private readonly BatchFolder _folder;
    private readonly AnalyticsOptions _options;
    private readonly AnalyticsInstruments _instruments;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly AuditSample _sample;
    private readonly ErasureMarks _marks;

    // What is mended and what is followed are written one after the other.
    private readonly SemaphoreSlim _writing = new(1);
    private long _changedAt;
    private long _pendingSince;
    private bool _needsCheckpoint;
    private int _failures;

    public ProjectFollower(
        ProjectId project, ProjectDatabase database, Watermark watermark, IEventLog log, IStreamFolder folder,
        AuditSample sample, ErasureMarks marks, AnalyticsOptions options, AnalyticsInstruments instruments, TimeProvider time, ILogger logger)
    {
        _project = project;
        _log = log;
        _database = database;
        _watermark = watermark;
        _cache = new FoldCache(options.FoldCacheBytes);
        _folder = new BatchFolder(project, log, folder, _cache);
        _options = options;
        _instruments = instruments;
        _time = time;
        _logger = logger;
        _sample = sample;
        _marks = marks;
        _changedAt = time.GetTimestamp();
    }

    /// <summary>When the oldest row was received that the file does not hold yet; null: none is known.</summary>
    public DateTimeOffset? PendingSince =>
        Volatile.Read(ref _pendingSince) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Whether the last batch could not be written.</summary>
    public bool IsFailing => Volatile.Read(ref _failures) > 0;

    /// <summary>For how long no row came.</summary>
    public TimeSpan Quiet => _time.GetElapsedTime(Volatile.Read(ref _changedAt));

    /// <summary>Call it when nobody follows or mends any more.</summary>
    public void Dispose() => _writing.Dispose();

    /// <summary>Follows until cancelled, or until the file has failed so often that it must be opened again.</summary>
    /// <exception cref="ReadModelFailedException">The file cannot be written; it must be closed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await StepAsync(cancellationToken);
                _failures = 0;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                await RecoverAsync(exception, cancellationToken);
            }
        }
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        var head = await _log.GetHeadAsync(_project, cancellationToken);
        _watermark.Notice(head);
        var rows = await _log.ReadChangesAsync(_project, _watermark.Value, _options.BatchRows, cancellationToken);
        if (rows.Count > 0)
        {
            await ApplyAsync(rows, cancellationToken);
        }
        else
        {
            await WaitForRowsAsync(cancellationToken);
        }

        // Less than the head means that there was more than one batch takes: then nothing is gathered, only caught up.
        if (_watermark.Value >= head)
        {
            await _watermark.GatherAsync(_options.BatchInterval, cancellationToken);
        }
    }

    /// <summary>
    /// Writes one stream again from the log, whatever the file holds of it; false: it has rows that the file does not hold yet,
    /// or none at all.
    /// </summary>
    public async Task<bool> MendAsync(StreamId stream, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (await _folder.FoldAgainAsync(_watermark.Value, stream, cancellationToken) is not { } batch)
            {
                return false;
            }

            await CommitAsync(batch);
            return true;
        }
        catch
        {
            _cache.Clear();
            throw;
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ApplyAsync(IReadOnlyList<LogRow> rows, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _pendingSince, rows[0].ReceivedAt.UtcTicks);
        Volatile.Write(ref _changedAt, _time.GetTimestamp());
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var batch = await _folder.FoldAsync(_watermark.Value, rows, cancellationToken);
            await Task.Run(() => _marks.Tell(rows), cancellationToken);
            await CommitAsync(batch);
            Volatile.Write(ref _pendingSince, 0);
            _watermark.Advance(batch.To);
        }
        finally
        {
            _writing.Release();
        }

        _sample.Tell(rows);
    }

    private async Task CommitAsync(ModelBatch batch)
    {
        var start = _time.GetTimestamp();
        await _database.CommitAsync(batch);
        _instruments.Committed(_time.GetElapsedTime(start), batch.Count);
        _needsCheckpoint = true;
    }

    private async Task WaitForRowsAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref _pendingSince, 0);
        if (_needsCheckpoint)
        {
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var change = _log.WaitForChangeAsync(_project, _watermark.Value, quiet.Token);
            if (await Task.WhenAny(change, Task.Delay(_options.CheckpointAfter, _time, quiet.Token)) == change)
            {
                await quiet.CancelAsync();
                await change;
                return;
            }

            await quiet.CancelAsync();
            await change.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            await CheckpointAsync();
        }

        await _log.WaitForChangeAsync(_project, _watermark.Value, cancellationToken);
    }

    private async Task CheckpointAsync()
    {
        await _writing.WaitAsync();
        try
        {
            _needsCheckpoint = false;
            await _database.CheckpointAsync();
        }
        catch (DuckDBException exception)
        {
            // A reader in the way is no harm: the next quiet moment, or closing, tries again.
            LogCheckpointFailed(_project, exception);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ForgetFoldsAsync()
    {
        await _writing.WaitAsync();
        _cache.Clear();
        _writing.Release();
    }

    // Nothing was committed: the kept folds may be ahead of the file, so they go, and the batch is read again.
    private async Task RecoverAsync(Exception exception, CancellationToken cancellationToken)
    {
        await ForgetFoldsAsync();
        _failures++;
        LogFailed(_project, _watermark.Value, exception);
        if (exception is DuckDBException && _failures >= 3)
        {
            throw new ReadModelFailedException($"The read model of project {_project} cannot be written.", exception);
        }

        var pause = TimeSpan.FromMilliseconds(100 * Math.Pow(2, Math.Min(_failures, 10)));
        await Task.Delay(pause < LongestPause ? pause : LongestPause, _time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

/// <summary>The file of a read model cannot be used any more and must be rebuilt.</summary>
internal sealed class ReadModelFailedException(string message, Exception innerException) : Exception(message, innerException);
