namespace Actors.Media;

/// <summary>
/// Removes the files of traces that are deleted. The intent is stored before the trace goes, so that what a crash leaves is
/// found and finished later. Safe for concurrent callers.
/// </summary>
public interface IMediaRemoval
{
    /// <summary>Notes that traces are about to be deleted. May be repeated.</summary>
    /// <returns>What <see cref="FinishAsync"/> is to be told; null: none of the traces has files.</returns>
    Task<string?> BeginAsync(ProjectId project, IReadOnlyCollection<string> traceIds, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets, once the traces are deleted, what files belonged to them for, and removes the files that belong to nothing else.
    /// What was announced after the beginning stays. May be repeated.
    /// </summary>
    Task FinishAsync(ProjectId project, string removal, CancellationToken cancellationToken);
}
