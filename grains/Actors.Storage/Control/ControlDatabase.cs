using System.Data.Common;
using Actors.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Control;

/// <summary>
/// The control plane's database: brings the tables up to date, opens connections and contexts, and is the one way to write.
/// Every store works on it alike, whichever engine it is.
/// </summary>
internal abstract class ControlDatabase(ControlChanges changes) : IDbContextFactory<ControlDbContext>, IDisposable
{
    // Writers of this process wait for each other here: waiting at the database costs each of them a connection or a thread.
    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>Who remembers rows hears here that they changed.</summary>
    public ControlChanges Changes { get; } = changes;

    /// <summary>The turns of the nodes that share the database.</summary>
    public abstract INodeTurns Turns { get; }

    /// <summary>Opens a context for reading.</summary>
    public abstract ControlDbContext CreateDbContext();

    /// <summary>Creates the tables when they are missing and applies the migrations that they lack.</summary>
    /// <exception cref="StorageSetupException">The database cannot be opened, is damaged, or was made by a newer version.</exception>
    public abstract Task MigrateAsync(CancellationToken cancellationToken);

    /// <summary>Begins to hear what other nodes change.</summary>
    public virtual void Listen()
    {
    }

    /// <summary>Ends what <see cref="Listen"/> began.</summary>
    public virtual Task StopListeningAsync() => Task.CompletedTask;

    /// <summary>Reads with plain SQL, for what must not wait until Entity Framework is loaded.</summary>
    /// <param name="read">Runs again when the connection broke, so it changes nothing outside of itself.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public abstract Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken);

    /// <summary>
    /// Runs a change in one transaction that excludes every other writer, so what it reads stays true until it is stored: of
    /// two changes of the same thing, the second one sees the first. What the change left in the context is saved at its end;
    /// a change that refuses leaves nothing there.
    /// </summary>
    /// <param name="change">Runs again when the connection broke before anything was stored.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<T> WriteAsync<T>(Func<ControlDbContext, Task<T>> change, CancellationToken cancellationToken) =>
        WriteAsync(default, change, cancellationToken);

    /// <summary>As above; who remembers what it changes is told before it is answered, and other nodes when it is stored.</summary>
    public Task<T> WriteAsync<T>(ControlChange told, Func<ControlDbContext, Task<T>> change, CancellationToken cancellationToken) =>
        WriteSqlAsync(
            told,
            async (connection, transaction) =>
            {
                await using var context = CreateDbContext(connection);

                // What fails here fails as a whole, so there is nothing to come back to.
                context.Database.AutoSavepointsEnabled = false;
                await context.Database.UseTransactionAsync(transaction, cancellationToken);
                var result = await change(context);
                await context.SaveChangesAsync(cancellationToken);
                return result;
            },
            cancellationToken);

    /// <summary>A change as above with plain SQL.</summary>
    public async Task<T> WriteSqlAsync<T>(
        ControlChange told, Func<DbConnection, DbTransaction, Task<T>> change, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return await TransactAsync(told, change, cancellationToken);
        }
        finally
        {
            _writing.Release();

            // Also after a failure: whether the change was stored is not known then.
            Changes.Tell(told);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens a context on a connection that stays its owner's.</summary>
    protected abstract ControlDbContext CreateDbContext(DbConnection connection);

    /// <summary>Runs a change in a transaction that excludes the writers of other processes, and tells other nodes of it.</summary>
    protected abstract Task<T> TransactAsync<T>(
        ControlChange told, Func<DbConnection, DbTransaction, Task<T>> change, CancellationToken cancellationToken);

    protected virtual void Dispose(bool disposing) => _writing.Dispose();
}
