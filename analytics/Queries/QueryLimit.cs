using Actors.Queries;

namespace Actors.Analytics.Queries;

/// <summary>Ends queries that take too long: whoever asked has gone by then, and others wait for the place.</summary>
/// <param name="limit">How long a query may wait for its turn and run, in all.</param>
/// <param name="time">The clock.</param>
internal sealed class QueryLimit(TimeSpan limit, TimeProvider time)
{
    /// <summary>Runs a query.</summary>
    /// <param name="read">The query, which runs when its turn has come.</param>
    /// <param name="run">Gives it its turn, and ends it when it is cancelled.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="QueryTooLongException">It had its turn and took too long.</exception>
    /// <exception cref="OperationCanceledException">Its turn did not come in time, or the caller has cancelled it.</exception>
    public async Task<T> RunAsync<T>(
        Func<ReadSession, T> read, Func<Func<ReadSession, T>, CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over.Token);
        var hasBegun = false;
        try
        {
            return await run(
                session =>
                {
                    hasBegun = true;
                    return read(session);
                },
                either.Token);
        }
        catch (OperationCanceledException) when (hasBegun && !cancellationToken.IsCancellationRequested)
        {
            throw new QueryTooLongException($"The query was ended after {limit}.");
        }
    }
}
