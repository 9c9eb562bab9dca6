using Actors.Media;
using Actors.Scoring;
using Actors.Tracing;
using Actors.Web.Api;

namespace Actors.Web.Model.Trace;

/// <summary>What a person does to a trace on its page. All of it is events of the trace's stream, as if a client had sent them.</summary>
/// <param name="grains">Where grains are.</param>
/// <param name="rules">Holds scores to their configs.</param>
/// <param name="media">Removes the files of what is deleted.</param>
/// <param name="time">The clock.</param>
public sealed class TraceDesk(IGrainFactory grains, IScoreRules rules, IMediaRemoval media, TimeProvider time)
{
    /// <summary>The longest correction, in characters.</summary>
    public const int MaxCorrectionLength = 100_000;

    /// <summary>The longest tag, in characters.</summary>
    public const int MaxTagLength = 200;

    /// <summary>Lets anybody with the address read the trace, or no longer.</summary>
    public Task ShareAsync(ProjectId project, string traceId, bool isPublic, CancellationToken cancellationToken) =>
        AppendAsync(project, traceId, Event() with { Public = isPublic }, cancellationToken);

    /// <summary>Marks the trace to find it again, or takes the mark away.</summary>
    public Task BookmarkAsync(ProjectId project, string traceId, bool bookmarked, CancellationToken cancellationToken) =>
        AppendAsync(project, traceId, Event() with { Bookmarked = bookmarked }, cancellationToken);

    /// <summary>Adds tags and takes tags away.</summary>
    public Task TagAsync(
        ProjectId project, string traceId, IReadOnlyList<string> added, IReadOnlyList<string> removed, CancellationToken cancellationToken) =>
        AppendAsync(project, traceId, Event() with { Tags = added, RemovedTags = removed }, cancellationToken);

    /// <summary>Gives or changes a score.</summary>
    /// <returns>Why it was refused; null when it is stored.</returns>
    public async Task<string?> ScoreAsync(ProjectId project, string traceId, ScoreDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var verdict = await rules.CheckAsync(
            project,
            Score(draft.ScoreId, draft.ObservationId) with
            {
                Name = "score",
                DataType = draft.DataType,
                Value = draft.Value,
                StringValue = draft.Text,
                ConfigId = draft.ConfigId,
                Comment = draft.Comment,
                Environment = draft.Environment,
            },
            typeIsSaid: true,
            cancellationToken);
        if (verdict.Score is { } score)
            await AppendAsync(project, traceId, score, cancellationToken);
        return verdict.Refusal;
    }

    /// <summary>Says what should have come out (langfuse-api §6: a score named <c>output</c>).</summary>
    /// <param name="project">The project.</param>
    /// <param name="traceId">The trace.</param>
    /// <param name="correction">The correction that is changed; null: a new one.</param>
    /// <param name="observationId">The observation; null: the trace.</param>
    /// <param name="text">1 to <see cref="MaxCorrectionLength"/> characters.</param>
    /// <param name="environment">The environment of the trace.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task CorrectAsync(
        ProjectId project, string traceId, string? correction, string? observationId, string text, string environment, CancellationToken cancellationToken) =>
        AppendAsync(
            project,
            traceId,
            Score(correction, observationId) with { Name = "output", DataType = ScoreDataType.Correction, StringValue = text, Environment = environment },
            cancellationToken);

    /// <summary>Takes a score back.</summary>
    public Task DeleteScoreAsync(ProjectId project, string traceId, string scoreId, CancellationToken cancellationToken) =>
        RepeatAsync(() => Grain(project, traceId).DeleteScoreAsync(scoreId), cancellationToken);

    /// <summary>Deletes the trace with all that belongs to it.</summary>
    public async Task DeleteAsync(ProjectId project, string traceId, CancellationToken cancellationToken)
    {
        var removal = await media.BeginAsync(project, [traceId], cancellationToken);
        await RepeatAsync(() => Grain(project, traceId).DeleteAsync(), cancellationToken);
        if (removal is not null)
            await media.FinishAsync(project, removal, CancellationToken.None);
    }

    private ITraceGrain Grain(ProjectId project, string traceId) =>
        grains.GetGrain<ITraceGrain>(GrainKey.ForStream(project, StreamId.ForTrace(traceId)));

    private TraceEvent Event() => new() { EventId = NewId(), Timestamp = Now() };

    private ScoreEvent Score(string? scoreId, string? observationId) => new()
    {
        EventId = NewId(),
        Timestamp = Now(),
        ScoreId = scoreId ?? NewId(),
        Name = "",
        DataType = ScoreDataType.Numeric,
        Source = ScoreSource.Annotation,
        ObservationId = observationId,
    };

    private static string NewId() => Guid.NewGuid().ToString("n");

    // Events have whole milliseconds.
    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    private Task AppendAsync(ProjectId project, string traceId, StreamEvent e, CancellationToken cancellationToken) =>
        RepeatAsync(() => Grain(project, traceId).AppendAsync(new StreamAppend([e], Now())), cancellationToken);

    // All of these calls may be made twice without harm.
    private async Task RepeatAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var pace = new RetryPace(time);
        while (true)
        {
            try
            {
                await call();
                return;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && pace.IsWorthIt && (GrainCalls.IsPassing(e) || e is EventLogOverloadedException))
            {
                await pace.WaitAsync(cancellationToken);
            }
        }
    }
}

/// <summary>A score as a person gives it.</summary>
/// <param name="ScoreId">The score that is changed; null: a new one.</param>
/// <param name="ObservationId">The observation; null: the trace.</param>
/// <param name="ConfigId">The config it follows.</param>
/// <param name="DataType">The type of that config.</param>
/// <param name="Value">The value of numeric and boolean (0 or 1) scores.</param>
/// <param name="Text">The value of categorical and text scores.</param>
/// <param name="Comment">Why.</param>
/// <param name="Environment">The environment of the trace.</param>
public sealed record ScoreDraft(
    string? ScoreId, string? ObservationId, string ConfigId, ScoreDataType DataType, double? Value, string? Text, string? Comment, string Environment);
