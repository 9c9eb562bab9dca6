using Actors.Grains.Live;
using Actors.Tracing;

namespace Actors.Grains.Tracing;

/// <summary>What the actor knows of its stream, and what it has told of it.</summary>
internal sealed partial class TraceGrain
{
    private readonly PublishedFacts _published = new();
    private readonly StreamChanges _changes = new();

    // Null until the stream was read: a new trace is appended to without a read, most traces are new.
    private IStreamFold? _fold;
    private string? _preview;

    // Rows may be in the log whose facts were never published: the next load has the stream's seconds asked for again.
    private bool _hasUnpublished;

    // When the last deletion of the stream was asked for; null: it was never deleted.
    private DateTimeOffset? _deletedAt;

    private async Task PublishAsync(LogRow row)
    {
        _deletedAt = row.IsDeletion ? row.ReceivedAt : _deletedAt;
        live.Publish(await FoldAsync(row), row.Position);
        _observers?.Notify(o => o.OnChangedAsync(row.Version));
    }

    private async Task<StreamFacts> FoldAsync(LogRow row)
    {
        _fold ??= folder.Start(_project, _stream, LogText.Without);
        _preview = row.IsDeletion ? null : FindPreview(row) ?? _preview;
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
        var before = _published.Seconds.ToList();
        _published.Assume(_fold);
        if (isForeign || _hasUnpublished)
        {
            live.Doubt(_project, before.Concat(_published.Seconds), _fold.ErasedAt);
            _hasUnpublished = false;
        }
    }

    private async Task<IStreamFold> ReadFoldAsync()
    {
        var rows = await log.ReadStreamAsync(_project, _stream, LogText.Without, CancellationToken.None);
        await folder.PrepareAsync(_project, rows, CancellationToken.None);
        var fold = folder.Start(_project, _stream, LogText.Without);
        fold.Load(rows);
        _deletedAt = rows.LastOrDefault(r => r.IsDeletion)?.ReceivedAt;
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

    // What is folded may be behind the log now. When even the read fails, the next append finds out by its conflict.
    private async Task DistrustAsync(List<Waiting> batch)
    {
        _fold = null;
        _hasUnpublished = true;
        live.Doubt(_project, LiveAggregator.SecondsOf(batch.SelectMany(w => w.Events)).Concat(_published.Seconds));
        try
        {
            await LoadAsync();
        }
        catch (Exception e)
        {
            LogReloadFailed(e, _stream.Value);
        }
    }
}
