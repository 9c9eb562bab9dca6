namespace Actors.Feedback;

/// <summary>What projects take from browsers. Implementations are safe for concurrent callers.</summary>
public interface IFeedbackPolicyStore
{
    /// <summary>
    /// The policy of a project; the default one when it has set none. From memory: a change is seen at once in the process that
    /// made it, and soon in others.
    /// </summary>
    ValueTask<FeedbackPolicy> GetAsync(ProjectId project, CancellationToken cancellationToken);

    /// <summary>Replaces the policy of a project.</summary>
    /// <returns>Whether it was stored; false: the project is no more.</returns>
    Task<bool> SetAsync(ProjectId project, FeedbackPolicy policy, CancellationToken cancellationToken);
}
