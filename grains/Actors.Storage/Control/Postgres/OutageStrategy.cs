using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Actors.Storage.Control.Postgres;

/// <summary>
/// How Entity Framework reads: through the gate, which repeats a read once. Writes do without: they are repeated as a whole.
/// </summary>
internal sealed class OutageStrategy(ExecutionStrategyDependencies dependencies, OutageGate gate) : IExecutionStrategy
{
    /// <summary>Rows are read to the end inside the strategy, so that a connection that breaks among them is noticed here.</summary>
    public bool RetriesOnFailure => true;

    /// <summary>Is called by synchronous queries, of which there are none.</summary>
    public TResult Execute<TState, TResult>(
        TState state,
        Func<DbContext, TState, TResult> operation,
        Func<DbContext, TState, ExecutionResult<TResult>>? verifySucceeded) => operation(dependencies.CurrentContext.Context, state);

    public Task<TResult> ExecuteAsync<TState, TResult>(
        TState state,
        Func<DbContext, TState, CancellationToken, Task<TResult>> operation,
        Func<DbContext, TState, CancellationToken, Task<ExecutionResult<TResult>>>? verifySucceeded,
        CancellationToken cancellationToken = default) =>
        gate.AskAsync(() => operation(dependencies.CurrentContext.Context, state, cancellationToken));
}
