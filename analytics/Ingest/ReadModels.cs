using System.Collections.Concurrent;
using Actors.Analytics.Audit;
using Actors.Analytics.Bases;
using Actors.Analytics.Schema;
using Actors.Tracing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Analytics.Ingest;

/// <summary>
/// The read models that are open: opened by the first who needs them, closed when they are idle or too many. A model that
/// is in use is never closed under its user. Safe for concurrent use.
/// </summary>
internal sealed partial class ReadModels : IAsyncDisposable
{
    private readonly IEventLog _log;
    private readonly IStreamFolder _folder;
    private readonly AnalyticsOptions _options;
    private readonly BaseShelf _shelf;
    private readonly BaseOptions _baseOptions;
    private readonly AnalyticsInstruments _instruments;
    private readonly TimeProvider _time;
    private readonly ILogger<ReadModels> _logger;
    private readonly SemaphoreSlim _queries;
    private readonly Lock _lock = new();
    private readonly Dictionary<ProjectId, Entry> _entries = [];
    private readonly Dictionary<ProjectId, long> _closedAt = [];
    private readonly ConcurrentDictionary<ProjectId, AuditTally> _tallies = new();
    private bool _disposed;

    public ReadModels(
        IEventLog log, IStreamFolder folder, IOptions<AnalyticsOptions> options, BaseShelf shelf, IOptions<BaseOptions> baseOptions,
        AnalyticsInstruments instruments, TimeProvider time, ILogger<ReadModels> logger)
    {
        _log = log;
        _folder = folder;
        _options = options.Value;
        _shelf = shelf;
        _baseOptions = baseOptions.Value;
        _instruments = instruments;
        _time = time;
        _logger = logger;
        _queries = new SemaphoreSlim(_options.MaxConcurrentQueries);
        instruments.Observe(Gauges);
    }

    /// <summary>Takes the project's model, open and following; the lease must be disposed.</summary>
    public async Task<Lease> AcquireAsync(ProjectId project, CancellationToken cancellationToken)
    {
        while (true)
        {
            Entry entry;
            Task? closing;
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                entry = GetOrOpen(project);
                closing = entry.Closing;
                if (closing is null)
                {
                    entry.Leases++;
                    entry.UsedAt = _time.GetTimestamp();
                }
            }

            if (closing is not null)
            {
                await closing.WaitAsync(cancellationToken);
                continue;
            }

            try
            {
                return new Lease(this, entry, await entry.Opening.WaitAsync(cancellationToken));
            }
            catch
            {
                Release(entry);
                if (entry.Opening.IsFaulted)
                {
                    await CloseAsync(entry, delete: false);
                }

                throw;
            }
        }
    }

    /// <summary>
    /// Opens the project's model in the background when it may lack rows up to <paramref name="head"/>, unless that would close one
    /// that is at work.
    /// </summary>
    /// <returns>Whether the rows are held or being fetched.</returns>
    public bool Follow(ProjectId project, long head)
    {
        lock (_lock)
        {
            if (_entries.ContainsKey(project) || (_closedAt.TryGetValue(project, out var watermark) && watermark >= head))
            {
                return true;
            }

            if (_disposed || (_entries.Count >= _options.MaxOpenProjects && !_entries.Values.Any(entry => entry.IsIdle)))
            {
                return false;
            }

            _ = TouchAsync(project);
            return true;
        }
    }

    /// <summary>Deletes the files that are not open of projects that have no rows any more: another silo may have erased them.</summary>
    public async Task DeleteLeftoversAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(_options.Directory))
        {
            return;
        }

        var files = Directory.EnumerateFiles(_options.Directory, "*.duckdb").Select(f => Path.GetFileNameWithoutExtension(f)).ToList();
        var known = files.Count > 0 ? await _log.ListProjectsAsync(cancellationToken) : [];
        foreach (var project in files.Where(ProjectId.IsValid).Select(f => new ProjectId(f)).Except(known))
        {
            lock (_lock)
            {
                if (!_entries.ContainsKey(project))
                {
                    FileOf(project).Delete();
                    _closedAt.Remove(project);
                }
            }
        }
    }

    /// <summary>Closes the project's model, if it is open, after its users have gone.</summary>
    public Task CloseAsync(ProjectId project)
    {
        lock (_lock)
        {
            return _entries.TryGetValue(project, out var entry) ? CloseAsync(entry, delete: false) : Task.CompletedTask;
        }
    }

    /// <summary>Deletes the project's file, once nobody reads it any more, and its bases.</summary>
    public async Task EraseAsync(ProjectId project, CancellationToken cancellationToken)
    {
        // Opened first: who has the file open is the one who may delete it.
        (await AcquireAsync(project, cancellationToken)).Dispose();
        Task closed;
        lock (_lock)
        {
            closed = _entries.TryGetValue(project, out var entry) ? CloseAsync(entry, delete: true) : Task.CompletedTask;
            _tallies.TryRemove(project, out _);
        }

        await closed;
        if (_shelf.Of(project) is { } bases)
        {
            await Task.Run(bases.DeleteAll, cancellationToken);
        }
    }

    /// <summary>Closes what nobody has used and no row has come to for a while.</summary>
    public Task CloseIdleAsync()
    {
        lock (_lock)
        {
            var idle = _entries.Values
                .Where(entry => entry.IsIdle && entry.Opening.Result.Quiet > _options.CloseAfter
                    && _time.GetElapsedTime(entry.UsedAt) > _options.CloseAfter)
                .ToList();
            return Task.WhenAll(idle.Select(entry => CloseAsync(entry, delete: false)));
        }
    }

    /// <summary>Closes all.</summary>
    public async ValueTask DisposeAsync()
    {
        Task all;
        lock (_lock)
        {
            _disposed = true;
            all = Task.WhenAll(_entries.Values.ToList().Select(entry => CloseAsync(entry, delete: false)));
        }

        await all;
    }

    private async Task TouchAsync(ProjectId project)
    {
        try
        {
            using var lease = await AcquireAsync(project, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogOpenFailed(project, exception);
        }
    }

    private Entry GetOrOpen(ProjectId project)
    {
        if (!_entries.TryGetValue(project, out var entry))
        {
            while (_entries.Values.Count(e => e.Closing is null) >= _options.MaxOpenProjects
                && _entries.Values.Where(e => e.IsIdle).MinBy(e => e.UsedAt) is { } oldest)
            {
                _ = CloseAsync(oldest, delete: false);
            }

            entry = new Entry(project, Task.Run(() => OpenAsync(project)));
            _entries.Add(project, entry);
        }

        return entry;
    }

    private async Task<ProjectReadModel> OpenAsync(ProjectId project)
    {
        var file = FileOf(project);
        var database = await ProjectDatabase.OpenAsync(file, project, _log, _options.ReadersPerProject, _queries);
        var watermark = new Watermark(database.OpenedAt, _time);
        watermark.Notice(await _log.GetHeadAsync(project, CancellationToken.None));
        var sample = new AuditSample(_options.AuditStreams, new Random());
        var bases = _shelf.Of(project);
        var marks = new ErasureMarks(bases, _baseOptions.ForgetWithin, _time);
        var follower = new ProjectFollower(project, database, watermark, _log, _folder, sample, marks, _options, _instruments, _time, _logger);
        var tally = _tallies.GetOrAdd(project, _ => new AuditTally(_time.GetUtcNow()));
        var audit = new ColumnAudit(project, _log, _folder, database, follower, sample, tally, _options, _instruments, _time, _logger);
        var keeper = bases is null
            ? null
            : new BaseKeeper(project, _log, bases, file, database, watermark, marks, _baseOptions, _instruments, _time, _logger);
        var model = new ProjectReadModel(project, _log, database, watermark, follower, audit, keeper, _options.ReadWait, _time);
        _ = RebuildWhenFailedAsync(model);
        _ = ReopenWhenFetchedAsync(model);
        LogOpened(project, database.OpenedAt);
        return model;
    }

    // A file that opens but cannot be read or written is damaged: it goes, and the next user rebuilds it.
    private async Task RebuildWhenFailedAsync(ProjectReadModel model)
    {
        try
        {
            await model.Following;
        }
        catch (ReadModelFailedException exception)
        {
            LogRebuild(model.Project, exception);
            Entry? entry;
            lock (_lock)
            {
                entry = _entries.GetValueOrDefault(model.Project);
            }

            if (entry is not null)
            {
                await CloseAsync(entry, delete: true);
            }
        }
    }

    private Task CloseAsync(Entry entry, bool delete)
    {
        lock (_lock)
        {
            if (entry.Leases == 0)
            {
                entry.Drained.TrySetResult();
            }

            if (entry.Closing is null && entry.Opening.IsCompletedSuccessfully)
            {
                entry.Opening.Result.BeginClosing();
            }

            return entry.Closing ??= Task.Run(() => CloseWhenDrainedAsync(entry, delete));
        }
    }

    private async Task CloseWhenDrainedAsync(Entry entry, bool delete)
    {
        await entry.Drained.Task;
        try
        {
            await entry.Opening;
        }
        catch (Exception)
        {
            // Whoever asked for the model has got this exception already.
        }

        long? closedAt = null;
        try
        {
            closedAt = await CloseFileAsync(entry, delete);
        }
        finally
        {
            lock (_lock)
            {
                _entries.Remove(entry.Project);
                if (closedAt is { } watermark)
                {
                    _closedAt[entry.Project] = watermark;
                }
                else
                {
                    _closedAt.Remove(entry.Project);
                }
            }
        }
    }

    // The watermark of the file; null: there is none, or nobody knows.
    private async Task<long?> CloseFileAsync(Entry entry, bool delete)
    {
        var model = entry.Opening.IsCompletedSuccessfully ? entry.Opening.Result : null;
        if (model is not null)
        {
            await model.DisposeAsync();
        }

        var file = FileOf(entry.Project);
        if (delete)
        {
            file.Delete();
            return null;
        }

        if (model is not null && await model.Fetching is { } position && position > model.Watermark)
        {
            file.Replace();
            return position;
        }

        file.DeleteIncoming();
        return model?.Watermark;
    }

    private ProjectFile FileOf(ProjectId project) =>
        new(Path.Combine(_options.Directory, $"{project.Value}.duckdb"), _options, _logger, isCopied: _shelf.IsUsed);

    private void Release(Entry entry)
    {
        lock (_lock)
        {
            entry.Leases--;
            entry.UsedAt = _time.GetTimestamp();
            if (entry.Leases == 0 && entry.Closing is not null)
            {
                entry.Drained.TrySetResult();
            }
        }
    }

    private List<ProjectGauge> Gauges()
    {
        lock (_lock)
        {
            return [.. _entries.Values
                .Where(entry => entry.Closing is null && entry.Opening.IsCompletedSuccessfully)
                .Select(entry => entry.Opening.Result)
                .Select(model => new ProjectGauge(
                    model.Project, model.Gap, model.PendingSince is { } since ? _time.GetUtcNow() - since : TimeSpan.Zero))];
        }
    }

    /// <summary>The use of an open model.</summary>
    internal sealed class Lease(ReadModels owner, Entry entry, ProjectReadModel model) : IDisposable
    {
        private int _released;

        public ProjectReadModel Model => model;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                owner.Release(entry);
            }
        }
    }

    /// <summary>A model that is opening, open or closing. Its fields belong to the registry's lock.</summary>
    internal sealed class Entry(ProjectId project, Task<ProjectReadModel> opening)
    {
        public ProjectId Project { get; } = project;

        public Task<ProjectReadModel> Opening { get; } = opening;

        public int Leases { get; set; }

        public long UsedAt { get; set; }

        public Task? Closing { get; set; }

        public TaskCompletionSource Drained { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsIdle => Leases == 0 && Closing is null && Opening.IsCompletedSuccessfully && Opening.Result.Gap == 0;
    }

    [LoggerMessage(3020, LogLevel.Information, "The read model of project {Project} is open at position {Position}.")]
    private partial void LogOpened(ProjectId project, long position);

    [LoggerMessage(3021, LogLevel.Error, "The read model of project {Project} could not be opened.")]
    private partial void LogOpenFailed(ProjectId project, Exception exception);

    [LoggerMessage(3022, LogLevel.Warning, "The read model of project {Project} cannot be used any more; it is deleted and rebuilt from the log.")]
    private partial void LogRebuild(ProjectId project, Exception exception);
}
