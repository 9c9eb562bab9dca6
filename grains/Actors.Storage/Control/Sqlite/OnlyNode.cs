using Actors.Nodes;

namespace Actors.Storage.Control.Sqlite;

/// <summary>The turns of the only node: always its own.</summary>
internal sealed class OnlyNode : INodeTurns
{
    public async Task<bool> TryRunAsync(string work, Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        await run(cancellationToken);
        return true;
    }

    public Task RunAsync(string work, Func<CancellationToken, Task> run, CancellationToken cancellationToken) => run(cancellationToken);
}
