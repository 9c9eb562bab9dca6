using Actors.Tracing;

namespace Actors.Testing;

/// <summary>How an append goes wrong.</summary>
public enum AppendFault
{
    /// <summary>The row is stored, but the caller is told that the outcome is unknown.</summary>
    UnknownButStored,

    /// <summary>The row is not stored, and the caller is told that the outcome is unknown.</summary>
    UnknownAndLost,

    /// <summary>The queue is full; nothing is stored.</summary>
    Overloaded,
}

/// <summary>
/// An event log in memory for tests of actors, where commits wait, fail and are lost on demand. Everything is per project, so
/// that tests can share one log.
/// </summary>
public sealed class InMemoryEventLog : IEventLog
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ProjectId, ProjectLog> _projects = [];

    /// <inheritdoc/>
    public Guid LogId { get; } = Guid.NewGuid();

    /// <summary>Whether it admits that its positions are dense, as they always are. Default: no, like the embedded log.</summary>
    public bool HasDensePositions { get; init; }

    /// <summary>The next appends of a project go wrong in this way, one after the other.</summary>
    public void FailNext(ProjectId project, params AppendFault[] faults) =>
        In(project, p =>
        {
            foreach (var fault in faults)
            {
                p.Faults.Enqueue(fault);
            }
        });

    /// <summary>Acts after the next failure of a project, before its caller hears of it.</summary>
    public void WhenFailed(ProjectId project, Action act) => In(project, p => p.AfterFailure = act);

    /// <summary>Appends of a project wait from now on until <see cref="Release"/>.</summary>
    public void Hold(ProjectId project) => In(project, p => p.Gate = new(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Lets waiting appends go.</summary>
    public void Release(ProjectId project) => In(project, p => p.Gate.TrySetResult());

    /// <summary>Completes when a project has seen this many attempts to append since it began.</summary>
    public Task WhenAttemptedAsync(ProjectId project, int attempts) => In(project, p => p.WhenAttempted(attempts));

    /// <summary>Every attempt to append, the failed ones too.</summary>
    public IReadOnlyList<LogAppend> Attempts(ProjectId project) => In(project, p => p.Attempts.ToList());

    /// <summary>All rows of a project by position.</summary>
    public IReadOnlyList<LogRow> Rows(ProjectId project) => In(project, p => p.Rows.ToList());

    /// <summary>Another activation appends the next row, behind the back of the one that thinks it owns the stream.</summary>
    public void AppendForeign(ProjectId project, StreamId stream, IReadOnlyList<StreamEvent> events) =>
        In(project, p => p.Store(new LogAppend
        {
            Project = project,
            Stream = stream,
            Version = p.VersionOf(stream) + 1,
            AppendId = Guid.NewGuid(),
            PriceBook = 1,
            ReceivedAt = LogSamples.Noon,
            Events = events,
        }));

    /// <summary>Another activation deletes the stream, behind the back of the one that thinks it owns the stream.</summary>
    public void DeleteForeign(ProjectId project, StreamId stream) =>
        In(project, p => p.Delete(new LogDeletion
        {
            Project = project,
            Stream = stream,
            Version = p.VersionOf(stream) + 1,
            AppendId = Guid.NewGuid(),
            ReceivedAt = LogSamples.Noon,
        }));

    /// <inheritdoc/>
    public async ValueTask<AppendOutcome> AppendAsync(LogAppend append, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(append);
        await In(append.Project, p => p.Attempt(append)).WaitAsync(cancellationToken);
        return In(append.Project, p => Run(p, () => p.Store(append)));
    }

    /// <inheritdoc/>
    public async ValueTask<AppendOutcome> DeleteStreamAsync(LogDeletion deletion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deletion);
        await In(deletion.Project, p => p.Gate.Task).WaitAsync(cancellationToken);
        return In(deletion.Project, p => Run(p, () => p.Delete(deletion)));
    }

    /// <inheritdoc/>
    public Task EraseProjectAsync(ProjectId project, CancellationToken cancellationToken)
    {
        In(project, p => p.Rows.Clear());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogRow>> ReadStreamAsync(ProjectId project, StreamId stream, LogText text, CancellationToken cancellationToken)
    {
        IReadOnlyList<LogRow> rows = In(project, p => p.Rows.Where(r => r.Stream == stream).ToList());
        return Task.FromResult(text == LogText.With ? rows : LogRows.WithoutText(rows));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogRow>> ReadChangesAsync(ProjectId project, long afterPosition, int maxRows, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LogRow>>(In(project, p => p.Rows.Where(r => r.Position > afterPosition).Take(maxRows).ToList()));

    /// <inheritdoc/>
    public ValueTask<long> GetHeadAsync(ProjectId project, CancellationToken cancellationToken) => new(In(project, p => p.Head));

    /// <inheritdoc/>
    public Task WaitForChangeAsync(ProjectId project, long position, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nobody follows this log.");

    /// <inheritdoc/>
    public Task<StreamId?> FindScoreAsync(ProjectId project, string scoreId, CancellationToken cancellationToken) =>
        Task.FromResult(In(project, p => p.Rows.Find(r => r.Events.OfType<ScoreEvent>().Any(s => s.ScoreId == scoreId))?.Stream));

    /// <inheritdoc/>
    public Task<IReadOnlyList<ProjectId>> ListProjectsAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<ProjectId>>([.. _projects.Where(p => p.Value.Rows.Count > 0).Select(p => p.Key)]);
        }
    }

    /// <inheritdoc/>
    public Task<DateTimeOffset?> GetNewestReceiptAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_projects.Values.SelectMany(p => p.Rows).MaxBy(r => r.Position)?.ReceivedAt);
        }
    }

    private static AppendOutcome Run(ProjectLog project, Func<AppendOutcome> write)
    {
        if (!project.Faults.TryDequeue(out var fault))
        {
            return write();
        }

        if (fault == AppendFault.Overloaded)
        {
            throw new EventLogOverloadedException("The queue is full.");
        }

        if (fault == AppendFault.UnknownButStored)
        {
            write();
        }

        var act = project.AfterFailure;
        project.AfterFailure = null;
        act?.Invoke();
        throw new EventLogUnavailableException("The log did not answer.");
    }

    private void In(ProjectId project, Action<ProjectLog> act) => In(project, p =>
    {
        act(p);
        return true;
    });

    private T In<T>(ProjectId project, Func<ProjectLog, T> act)
    {
        lock (_lock)
        {
            if (!_projects.TryGetValue(project, out var found))
            {
                _projects.Add(project, found = new ProjectLog());
            }

            return act(found);
        }
    }

    private sealed class ProjectLog
    {
        private readonly Dictionary<Guid, (StreamId Stream, AppendOutcome Outcome)> _outcomes = [];
        private readonly List<(int Attempts, TaskCompletionSource Reached)> _waiting = [];

        public ProjectLog() => Gate.SetResult();

        public List<LogRow> Rows { get; } = [];

        public List<LogAppend> Attempts { get; } = [];

        public Queue<AppendFault> Faults { get; } = [];

        public Action? AfterFailure { get; set; }

        public TaskCompletionSource Gate { get; set; } = new();

        public long Head => Rows.Count == 0 ? 0 : Rows[^1].Position;

        public long VersionOf(StreamId stream) => Rows.FindLast(r => r.Stream == stream)?.Version ?? 0;

        public Task Attempt(LogAppend append)
        {
            Attempts.Add(append);
            foreach (var (_, reached) in _waiting.Where(w => w.Attempts <= Attempts.Count))
            {
                reached.TrySetResult();
            }

            return Gate.Task;
        }

        public Task WhenAttempted(int attempts)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (Attempts.Count >= attempts)
            {
                reached.SetResult();
            }

            _waiting.Add((attempts, reached));
            return reached.Task;
        }

        public AppendOutcome Store(LogAppend append) => Write(append.Stream, append.Version, append.AppendId, () =>
        {
            Redact(append);
            Rows.Add(new LogRow
            {
                Stream = append.Stream,
                Version = append.Version,
                Position = Head + 1,
                PriceBook = append.PriceBook,
                ReceivedAt = append.ReceivedAt,
                Events = append.Events,
            });
        });

        public AppendOutcome Delete(LogDeletion deletion) => Write(deletion.Stream, deletion.Version, deletion.AppendId, () =>
        {
            Rows.Add(new LogRow
            {
                Stream = deletion.Stream,
                Version = deletion.Version,
                Position = Head + 1,
                PriceBook = 0,
                ReceivedAt = deletion.ReceivedAt,
                Events = [],
                IsDeletion = true,
            });
            Rows.RemoveAll(r => r.Stream == deletion.Stream && r.Version > 1 && r.Version < deletion.Version);
            Change(deletion.Stream, r => r.Version == 1 ? r with { Events = [], IsDeletion = true } : r);
            foreach (var (id, _) in _outcomes.Where(o => o.Value.Stream == deletion.Stream).ToList())
            {
                _outcomes[id] = (deletion.Stream, new AppendOutcome(Head, deletion.Version, IsConflict: false, IsDeleted: true));
            }
        });

        private AppendOutcome Write(StreamId stream, long version, Guid appendId, Action write)
        {
            if (_outcomes.TryGetValue(appendId, out var first))
            {
                return first.Outcome;
            }

            if (version != VersionOf(stream) + 1)
            {
                return new AppendOutcome(0, VersionOf(stream), IsConflict: true);
            }

            write();
            var outcome = new AppendOutcome(Head, version, IsConflict: false);
            _outcomes[appendId] = (stream, outcome);
            return outcome;
        }

        private void Redact(LogAppend append)
        {
            foreach (var deleted in append.Events.OfType<ScoreDeletedEvent>())
            {
                Change(append.Stream, r => r with { Events = [.. r.Events.Where(e => e is not ScoreEvent s || s.ScoreId != deleted.ScoreId || s.Timestamp > deleted.Timestamp)] });
            }
        }

        private void Change(StreamId stream, Func<LogRow, LogRow> change)
        {
            for (var i = 0; i < Rows.Count; i++)
            {
                Rows[i] = Rows[i].Stream == stream ? change(Rows[i]) : Rows[i];
            }
        }
    }
}
