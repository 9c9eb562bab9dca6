using Actors.Tracing;

namespace Actors.Analytics.Ingest;

/// <summary>
/// Turns rows of the change feed into rows of the file. A stream that begins in the batch is folded from the feed alone; a
/// stream that goes on is folded on top of its kept state; without one, or when an event is older than what was folded, the
/// whole stream is read and written again. All three ways give the same rows. Of a stream that was deleted, all rows go, and
/// what came after comes like new.
/// </summary>
internal sealed class BatchFolder(ProjectId project, IEventLog log, IStreamFolder folder, FoldCache cache)
{
    private readonly StreamChanges _changes = new();

    /// <summary>Folds the rows that follow <paramref name="watermark"/>. After an exception the cache must be cleared.</summary>
    public async Task<ModelBatch> FoldAsync(long watermark, IReadOnlyList<LogRow> rows, CancellationToken cancellationToken)
    {
        await folder.PrepareAsync(project, rows, cancellationToken);
        var batch = new ModelBatch(watermark, rows[^1].Position);
        foreach (var stream in rows.GroupBy(row => row.Stream))
        {
            var news = stream.ToList();
            if (news[0].Version == 1)
            {
                AddNew(batch, news);
            }
            else if (news.Exists(row => row.IsDeletion))
            {
                await AddAnewAsync(batch, news[^1], cancellationToken);
            }
            else if (!TryAddOnTop(batch, news))
            {
                await AddAgainAsync(batch, news[^1], cancellationToken);
            }
        }

        return batch;
    }

    /// <summary>
    /// Folds one stream from its beginning, to be written again at the same watermark; null: it has rows beyond, with which it
    /// comes anyway, or none at all. After an exception the cache must be cleared.
    /// </summary>
    public async Task<ModelBatch?> FoldAgainAsync(long watermark, StreamId stream, CancellationToken cancellationToken)
    {
        var rows = await log.ReadStreamAsync(project, stream, LogText.With, cancellationToken);
        if (rows.Count == 0 || rows[^1].Position > watermark)
        {
            return null;
        }

        await folder.PrepareAsync(project, rows, cancellationToken);
        var state = StreamState.Load(folder, project, rows);
        var batch = new ModelBatch(watermark, watermark);
        batch.MendedStreams.Add(stream);
        batch.AddAll(state);
        cache.Put(state);
        return batch;
    }

    private void AddNew(ModelBatch batch, List<LogRow> rows)
    {
        var state = StreamState.Load(folder, project, rows);
        batch.AddAll(state);
        cache.Put(state);
    }

    private bool TryAddOnTop(ModelBatch batch, List<LogRow> rows)
    {
        if (cache.Take(rows[0].Stream) is not { } state || state.Fold.Version != rows[0].Version - 1)
        {
            return false;
        }

        var oldTracePosition = state.TracePosition;
        var observations = new Dictionary<string, bool>();
        var scores = new Dictionary<string, bool>();
        foreach (var row in rows)
        {
            _changes.Clear();
            if (row.Version != state.Fold.Version + 1 || !state.TryApply(row, _changes))
            {
                return false;
            }

            // What was new with the first row is still new to the file when the second row changes it.
            foreach (var (id, isNew) in _changes.Observations)
            {
                observations.TryAdd(id, isNew);
            }

            foreach (var (id, isNew) in _changes.Scores)
            {
                scores.TryAdd(id, isNew);
            }
        }

        batch.AddTrace(state);
        if (oldTracePosition is { } position)
        {
            batch.StaleTraces.Add((state.Fold.Stream.Id, position));
        }

        AddObservations(batch, state, observations);
        AddScores(batch, state, scores);
        cache.Put(state);
        return true;
    }

    private async Task AddAgainAsync(ModelBatch batch, LogRow last, CancellationToken cancellationToken)
    {
        var rows = await ReadUpToAsync(last, cancellationToken);
        if (rows[^1].Version != last.Version)
        {
            // The stream was deleted since the feed was read; the feed will say so.
            batch.DeletedStreams.Add((last.Stream, rows[0].Position));
            return;
        }

        await folder.PrepareAsync(project, rows, cancellationToken);
        var state = StreamState.Load(folder, project, rows);
        batch.StaleStreams.Add((last.Stream, state.StreamPosition));
        if (state.TracePosition is { } position)
        {
            batch.StaleTraces.Add((last.Stream.Id, position));
        }

        batch.AddAll(state);
        cache.Put(state);
    }

    private async Task AddAnewAsync(ModelBatch batch, LogRow last, CancellationToken cancellationToken)
    {
        cache.Take(last.Stream);
        var rows = await ReadUpToAsync(last, cancellationToken);
        var state = StreamState.Load(folder, project, rows);
        batch.DeletedStreams.Add((last.Stream, state.StreamPosition));
        batch.AddAll(state);
        if (rows[^1].Version == last.Version)
        {
            cache.Put(state);
        }
    }

    // Later rows come again with the feed; folding them now would write what the watermark does not cover. Version 1 is
    // always there; the last one only as long as the stream was not deleted again.
    private async Task<List<LogRow>> ReadUpToAsync(LogRow last, CancellationToken cancellationToken)
    {
        var all = await log.ReadStreamAsync(project, last.Stream, LogText.With, cancellationToken);
        var rows = all.Where(row => row.Version <= last.Version).ToList();
        var isDeletedLater = all.Any(row => row.IsDeletion && row.Version > last.Version);
        return rows.Count > 0 && rows[0].Version == 1 && (rows[^1].Version == last.Version || isDeletedLater)
            ? rows
            : throw new InvalidOperationException($"Stream {last.Stream} of project {project} has no rows 1 to {last.Version} in the log.");
    }

    private static void AddObservations(ModelBatch batch, StreamState state, Dictionary<string, bool> changed)
    {
        foreach (var (id, isNew) in changed)
        {
            if (!isNew)
            {
                batch.StaleObservations.Add((state.Fold.Stream.Id, id, state.StreamPosition));
            }

            if (state.Fold.GetObservation(id) is { } observation)
            {
                batch.Observations.Add(new ObservationRow(observation, state.StreamPosition));
            }
        }
    }

    private static void AddScores(ModelBatch batch, StreamState state, Dictionary<string, bool> changed)
    {
        foreach (var (id, isNew) in changed)
        {
            if (!isNew)
            {
                batch.StaleScores.Add((state.Fold.Stream, id, state.StreamPosition));
            }

            if (state.Fold.GetScore(id) is { } score)
            {
                batch.Scores.Add(new ScoreRow(score, state.Fold.Stream, state.StreamPosition));
            }
        }
    }
}
