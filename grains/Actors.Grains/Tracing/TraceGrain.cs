using Actors.Grains.Live;
using Actors.Grains.Pricing;
using Actors.Grains.Tokens;
using Actors.Tracing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Utilities;

namespace Actors.Grains.Tracing;

/// <summary>
/// One append or deletion is in flight at a time; appends that arrive meanwhile share the next row. The row is folded after
/// its commit, then its facts are published, then its callers are answered.
/// </summary>
[Reentrant, HashBasedPlacement]
internal sealed partial class TraceGrain(
    IEventLog log,
    IStreamFolder folder,
    ProjectPriceBooks prices,
    LiveAggregator live,
    IOptions<TracingOptions> options,
    TimeProvider time,
    ILogger<TraceGrain> logger) : Grain, ITraceGrain
{
    private static readonly TimeSpan ObserverLease = TimeSpan.FromSeconds(90);

    // A caller waits for five seconds before it asks again: what is younger was not asked for again yet.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(4);

    private readonly Queue<Waiting> _waiting = [];
    private ObserverManager<ITraceObserver>? _observers;
    private ProjectId _project;
    private StreamId _stream;
    private int _waitingEvents;
    private bool _isPumping;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, _stream) = GrainKey.ParseStream(this.GetPrimaryKeyString());
        return folder.PrepareAsync(_project, [], cancellationToken).AsTask();
    }

    /// <inheritdoc/>
    public Task<AppendAck> AppendAsync(StreamAppend append)
    {
        if (append.Events.Count == 0)
        {
            throw new ArgumentException("An append needs at least one event.", nameof(append));
        }

        var waiting = new WaitingAppend(append);
        Enqueue(waiting);
        return waiting.Completion.Task;
    }

    /// <inheritdoc/>
    public async Task<StreamDocument?> ReadAsync()
    {
        var rows = await log.ReadStreamAsync(_project, _stream, LogText.With, CancellationToken.None);
        if (rows.Count == 0)
        {
            return null;
        }

        if (_fold is { } fold && fold.Version < rows[^1].Version && !_isPumping)
        {
            // Another activation has appended: what this one knows is stale.
            _fold = null;
            _hasUnpublished = true;
        }

        if (rows[^1].IsDeletion)
        {
            return null;
        }

        await folder.PrepareAsync(_project, rows, CancellationToken.None);
        var whole = folder.Start(_project, _stream, LogText.With);
        whole.Load(rows);
        return new StreamDocument(whole.Version, whole.GetTrace(), whole.GetObservations(), whole.GetScores());
    }

    /// <inheritdoc/>
    public async Task<long> SubscribeAsync(ITraceObserver observer)
    {
        _observers ??= new ObserverManager<ITraceObserver>(ObserverLease, logger) { GetDateTime = () => time.GetUtcNow().UtcDateTime };
        _observers.Subscribe(observer, observer);
        if (_fold is { } fold)
        {
            return fold.Version;
        }

        // Only the pump may load the state; a reader that did would race with the row that is being committed.
        var rows = await log.ReadStreamAsync(_project, _stream, LogText.Without, CancellationToken.None);
        return rows.Count == 0 ? 0 : rows[^1].Version;
    }

    /// <inheritdoc/>
    public Task UnsubscribeAsync(ITraceObserver observer)
    {
        _observers?.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    private void Enqueue(Waiting waiting)
    {
        if (_waitingEvents + waiting.Weight > options.Value.MaxWaitingEvents && _waiting.Count > 0)
        {
            throw new EventLogOverloadedException($"{_waitingEvents} events wait for this trace already; try again later.");
        }

        _waiting.Enqueue(waiting);
        _waitingEvents += waiting.Weight;
        if (!_isPumping)
        {
            _isPumping = true;
            _ = PumpAsync();
        }
    }

    private async Task PumpAsync()
    {
        // The caller's turn ends here, so that requests which are already queued behind it join the first row.
        await Task.Yield();
        while (_waiting.Count > 0)
        {
            var batch = TakeBatch();
            try
            {
                await (batch is [WaitingDeletion deletion] ? DeleteAsync(deletion) : AppendBatchAsync(batch));
            }
            catch (Exception e)
            {
                LogAppendFailed(e, _stream.Value, batch.Count);
                batch.ForEach(w => w.Fail(e));
                if (e is not EventLogOverloadedException)
                {
                    await DistrustAsync(batch);
                }
            }
        }

        _isPumping = false;
    }

    // Appends share a row; a deletion is on its own.
    private List<Waiting> TakeBatch()
    {
        var batch = new List<Waiting>(_waiting.Count);
        var weight = 0;
        while (_waiting.TryPeek(out var next)
            && (batch.Count == 0 || (next is WaitingAppend && batch[0] is WaitingAppend && weight + next.Weight <= options.Value.MaxEventsPerRow)))
        {
            batch.Add(_waiting.Dequeue());
            weight += next.Weight;
        }

        _waitingEvents -= weight;
        return batch;
    }

    private async Task AppendBatchAsync(List<Waiting> batch)
    {
        IReadOnlyList<StreamEvent> said = batch is [var single] ? single.Events : [.. batch.SelectMany(w => w.Events)];
        var mine = prices.Get(_project);
        var events = await TokenStamper.StampAsync(said, _fold, mine.Get(mine.InForce));
        var id = Guid.NewGuid();
        var receivedAt = ((WaitingAppend)batch[0]).Append.ReceivedAt;
        var ack = await AppendAsync(version => IsTakenAway(batch)
                ? throw new EventLogUnavailableException("The events were under way for long, and the trace was deleted meanwhile.")
                : ToAppend(version, id, receivedAt, events))
            ?? throw new InvalidOperationException("An append with events always has something to say.");
        if (ack.IsDeleted)
        {
            // Stored by an attempt without answer, deleted by another activation: nothing of it may count.
            await DistrustAsync(batch);
        }

        batch.ForEach(w => ((WaitingAppend)w).Completion.TrySetResult(new AppendAck(ack.CurrentVersion, ack.Position)));
    }

    // The caller makes the row anew for every version that it may become; null: there is nothing to append any more.
    private async Task<AppendOutcome?> AppendAsync(Func<long, LogAppend?> make)
    {
        LogAppend? append = null;
        var outcome = await CommitAsync(version =>
            (append = make(version)) is null ? null : log.AppendAsync(append, CancellationToken.None).AsTask());
        if (outcome is { IsDeleted: false } stored)
        {
            await PublishAsync(ToRow(append!, stored.Position));
        }

        return outcome;
    }

    // A silo that stood still goes on with what its callers have long asked others for. When the trace was deleted since, that must
    // not bring it back.
    private bool IsTakenAway(List<Waiting> batch) =>
        _deletedAt is { } deletedAt
        && batch.OfType<WaitingAppend>().Any(w => w.Append.ReceivedAt < deletedAt && time.GetUtcNow() - w.Append.ReceivedAt > Late);

    // Tries until the outcome is known, and after a conflict on top of the winner. Null: there was nothing to write.
    private async Task<AppendOutcome?> CommitAsync(Func<long, Task<AppendOutcome>?> write)
    {
        var mayBeStored = false;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (write((_fold?.Version ?? 0) + 1) is not { } writing)
                {
                    return null;
                }

                var outcome = await writing;
                if (!outcome.IsConflict)
                {
                    return outcome;
                }

                await LoadAsync();
            }
            catch (EventLogUnavailableException e) when (attempt < options.Value.MaxAppendAttempts)
            {
                mayBeStored = true;
                LogAppendRetried(e, _stream.Value, attempt);
                await Task.Delay(options.Value.RetryDelay * attempt, time);
            }
            catch (EventLogOverloadedException e) when (mayBeStored)
            {
                // Only this attempt is known to have stored nothing.
                if (attempt >= options.Value.MaxAppendAttempts)
                {
                    throw new EventLogUnavailableException("The event log did not answer and is overloaded; the events may or may not be stored.", e);
                }

                LogAppendRetried(e, _stream.Value, attempt);
                await Task.Delay(options.Value.RetryDelay * attempt, time);
            }
        }
    }

    private static LogRow ToRow(LogAppend append, long position) => new()
    {
        Stream = append.Stream,
        Version = append.Version,
        Position = position,
        PriceBook = append.PriceBook,
        ReceivedAt = append.ReceivedAt,
        Events = append.Events,
    };

    private LogAppend ToAppend(long version, Guid id, DateTimeOffset receivedAt, IReadOnlyList<StreamEvent> events) => new()
    {
        Project = _project,
        Stream = _stream,
        Version = version,
        AppendId = id,
        PriceBook = prices.Get(_project).InForce,
        ReceivedAt = receivedAt,
        Events = events,
    };

    private abstract record Waiting
    {
        public abstract IReadOnlyList<StreamEvent> Events { get; }

        /// <summary>What it counts among those that wait.</summary>
        public int Weight => Math.Max(1, Events.Count);

        public abstract void Fail(Exception e);
    }

    private sealed record WaitingAppend(StreamAppend Append) : Waiting
    {
        public TaskCompletionSource<AppendAck> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override IReadOnlyList<StreamEvent> Events => Append.Events;

        public override void Fail(Exception e) => Completion.TrySetException(e);
    }
}
