using Actors.Tracing;

namespace Actors.Grains.Tracing;

/// <summary>Deletions take their turn among the appends, so that each is wholly before or wholly after every other.</summary>
internal sealed partial class TraceGrain
{
    /// <inheritdoc/>
    public Task<bool> DeleteAsync() => EnqueueDeletion(new WaitingDeletion(ScoreId: null));

    /// <inheritdoc/>
    public Task<bool> DeleteScoreAsync(string scoreId) => EnqueueDeletion(new WaitingDeletion(scoreId));

    private Task<bool> EnqueueDeletion(WaitingDeletion deletion)
    {
        Enqueue(deletion);
        return deletion.Completion.Task;
    }

    private async Task DeleteAsync(WaitingDeletion waiting)
    {
        if (_fold is null)
        {
            await LoadAsync();
        }

        var outcome = await (waiting.ScoreId is { } score ? DeleteOneScoreAsync(score) : DeleteStreamAsync());
        if (outcome is { IsDeleted: true })
        {
            await DistrustAsync([waiting]);
        }

        waiting.Completion.TrySetResult(outcome is not null);
    }

    private async Task<AppendOutcome?> DeleteStreamAsync()
    {
        var id = Guid.NewGuid();
        var receivedAt = Now();
        var outcome = await CommitAsync(version => IsEmpty(_fold!) ? null : log.DeleteStreamAsync(
            new LogDeletion { Project = _project, Stream = _stream, Version = version, AppendId = id, ReceivedAt = receivedAt },
            CancellationToken.None).AsTask());
        if (outcome is { IsDeleted: false } deleted)
        {
            await PublishAsync(new LogRow
            {
                Stream = _stream,
                Version = deleted.CurrentVersion,
                Position = deleted.Position,
                PriceBook = 0,
                ReceivedAt = receivedAt,
                Events = [],
                IsDeletion = true,
            });
        }

        return outcome;
    }

    // The deletion takes the timestamp of the newest event that it takes back: whatever is newer than that was said without
    // knowing of the deletion or after it, and must not be lost.
    private Task<AppendOutcome?> DeleteOneScoreAsync(string scoreId)
    {
        var id = Guid.NewGuid();
        var receivedAt = Now();
        return AppendAsync(version => _fold!.GetScore(scoreId) is null || _fold.GetScoreNewest(scoreId) is not { } newest
            ? null
            : ToAppend(version, id, receivedAt, [new ScoreDeletedEvent { EventId = id.ToString(), Timestamp = newest, ScoreId = scoreId }]));
    }

    private static bool IsEmpty(IStreamFold fold) => fold.GetTrace() is null && fold.GetScores().Count == 0;

    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }

    /// <param name="ScoreId">The score to delete; null: the stream.</param>
    private sealed record WaitingDeletion(string? ScoreId) : Waiting
    {
        public TaskCompletionSource<bool> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override IReadOnlyList<StreamEvent> Events => [];

        public override void Fail(Exception e) => Completion.TrySetException(e);
    }
}
