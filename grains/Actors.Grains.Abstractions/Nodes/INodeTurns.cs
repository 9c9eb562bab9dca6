namespace Actors.Nodes;

/// <summary>Lets one node at a time do what every node would do. Safe for concurrent callers.</summary>
public interface INodeTurns
{
    /// <summary>Does a piece of work unless another node is at it.</summary>
    /// <param name="work">Its name; the same on all nodes.</param>
    /// <param name="run">
    /// The work. Its token ends when the turn is lost, because the node was frozen or cut off: another one may begin then. So what
    /// it does is harmless when it is done twice.
    /// </param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether it was done; false: another node is at it.</returns>
    Task<bool> TryRunAsync(string work, Func<CancellationToken, Task> run, CancellationToken cancellationToken);

    /// <summary>Does a piece of work when no other node is at it; waits until then.</summary>
    Task RunAsync(string work, Func<CancellationToken, Task> run, CancellationToken cancellationToken);
}
