using Actors.Grains.Live;
using Actors.Grains.Pricing;
using Actors.Tracing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Utilities;

namespace Actors.Grains.Tracing;

/// <summary>
/// One append is in flight at a time; requests that arrive meanwhile share the next row. The row is folded after its
/// commit, then its facts are published, then its callers are answered.
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

    private readonly Queue<WaitingAppend> _waiting = [];
    private readonly PublishedFacts _published = new();
    private readonly StreamChanges _changes = new();
    private ObserverManager<ITraceObserver>? _observers;
    private ProjectId _project;
    private StreamId _stream;

    // Null until the stream was read: a new trace is appended to without a read, most traces are new.
    private IStreamFold? _fold;
    private string? _preview;
    private int _waitingEvents;
    private bool _isPumping;

    // Rows may be in the log whose facts were never published: the next load has the stream's seconds asked for again.
    private bool _hasUnpublished;

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

        if (_waitingEvents + append.Events.Count > options.Value.MaxWaitingEvents && _waiting.Count > 0)
        {
            throw new EventLogOverloadedException($"{_waitingEvents} events wait for this trace already; try again later.");
        }

        var waiting = new WaitingAppend(append);
        _waiting.Enqueue(waiting);
        _waitingEvents += append.Events.Count;
        if (!_isPumping)
        {
            _isPumping = true;
            _ = PumpAsync();
        }

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

    private async Task PumpAsync()
    {
        // The caller's turn ends here, so that requests which are already queued behind it join the first row.
        await Task.Yield();
        while (_waiting.Count > 0)
        {
            var batch = TakeBatch();
            try
            {
                var ack = await AppendBatchAsync(batch);
                batch.ForEach(w => w.Completion.TrySetResult(ack));
            }
            catch (Exception e)
            {
                LogAppendFailed(e, _stream.Value, batch.Count);
                batch.ForEach(w => w.Completion.TrySetException(e));
                if (e is not EventLogOverloadedException)
                {
                    await DistrustAsync(batch);
                }
            }
        }

        _isPumping = false;
    }

    // What is folded may be behind the log now. When even the read fails, the next append finds out by its conflict.
    private async Task DistrustAsync(List<WaitingAppend> batch)
    {
        _fold = null;
        _hasUnpublished = true;
        live.Doubt(_project, LiveAggregator.SecondsOf(batch.SelectMany(w => w.Append.Events)).Concat(_published.Seconds));
        try
        {
            await LoadAsync();
        }
        catch (Exception e)
        {
            LogReloadFailed(e, _stream.Value);
        }
    }

    private List<WaitingAppend> TakeBatch()
    {
        var batch = new List<WaitingAppend>(_waiting.Count);
        var events = 0;
        while (_waiting.TryPeek(out var next) && (batch.Count == 0 || events + next.Append.Events.Count <= options.Value.MaxEventsPerRow))
        {
            batch.Add(_waiting.Dequeue());
            events += next.Append.Events.Count;
        }

        _waitingEvents -= events;
        return batch;
    }

    private async Task<AppendAck> AppendBatchAsync(List<WaitingAppend> batch)
    {
        var row = await CommitAsync(batch);
        var facts = await FoldAsync(row);
        live.Publish(facts);
        _observers?.Notify(o => o.OnChangedAsync(row.Version));
        return new AppendAck(row.Version, row.Position);
    }

    private async Task<LogRow> CommitAsync(List<WaitingAppend> batch)
    {
        IReadOnlyList<StreamEvent> events = batch is [var single]
            ? single.Append.Events
            : [.. batch.SelectMany(w => w.Append.Events)];
        var append = new LogAppend
        {
            Project = _project,
            Stream = _stream,
            Version = (_fold?.Version ?? 0) + 1,
            AppendId = Guid.NewGuid(),
            PriceBook = prices.Get(_project).InForce,
            ReceivedAt = batch[0].Append.ReceivedAt,
            Events = events,
        };
        var mayBeStored = false;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var outcome = await log.AppendAsync(append, CancellationToken.None);
                if (!outcome.IsConflict)
                {
                    return ToRow(append, outcome.Position);
                }

                await LoadAsync();
                append = append with { Version = _fold!.Version + 1 };
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

    private async Task<StreamFacts> FoldAsync(LogRow row)
    {
        _fold ??= folder.Start(_project, _stream, LogText.Without);
        _preview = FindPreview(row) ?? _preview;
        _changes.Clear();
        if (_fold.TryApply(row, _changes))
        {
            return _published.Advance(_project, _fold, _changes, row.ReceivedAt, _preview);
        }

        _fold = await ReadFoldAsync();
        return _published.Advance(_project, _fold, changes: null, row.ReceivedAt, _preview);
    }

    private async Task LoadAsync()
    {
        // A conflict of an activation that knew the stream: another one has appended, and may have died before it told.
        var isForeign = _fold is not null;
        _fold = await ReadFoldAsync();
        _published.Assume(_fold);
        if (isForeign || _hasUnpublished)
        {
            live.Doubt(_project, _published.Seconds);
            _hasUnpublished = false;
        }
    }

    private async Task<IStreamFold> ReadFoldAsync()
    {
        var rows = await log.ReadStreamAsync(_project, _stream, LogText.Without, CancellationToken.None);
        await folder.PrepareAsync(_project, rows, CancellationToken.None);
        var fold = folder.Start(_project, _stream, LogText.Without);
        fold.Load(rows);
        return fold;
    }

    // The feed shows one line of text. Only the trace's own input replaces one that is known.
    private string? FindPreview(LogRow row)
    {
        string? first = null;
        foreach (var e in row.Events)
        {
            switch (e)
            {
                case TraceEvent { Input: { } input }:
                    return TextPreview.From(input);
                case ObservationEvent { Input: { } input } when first is null && _preview is null:
                    first = input;
                    break;
            }
        }

        return TextPreview.From(first);
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

    private sealed record WaitingAppend(StreamAppend Append)
    {
        public TaskCompletionSource<AppendAck> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
