using Actors.Nodes;
using Npgsql;

namespace Actors.Storage.Control.Postgres;

/// <summary>
/// A turn is a lock of a transaction that is kept alive while the work goes on. A node that dies loses it with its connection; one
/// that is frozen or cut off, when the database hears nothing of it for <see cref="PostgresControlDatabase.IdleLimit"/>.
/// </summary>
internal sealed class PostgresTurns(NpgsqlDataSource source, TimeProvider time) : INodeTurns
{
    private static readonly TimeSpan Pulse = PostgresControlDatabase.IdleLimit / 5;

    private static readonly string Begin = FormattableString.Invariant($"""
        SET LOCAL idle_in_transaction_session_timeout = {PostgresControlDatabase.IdleLimit.TotalMilliseconds}
        """);

    private const string Try = "SELECT pg_try_advisory_xact_lock(hashtextextended('actors.turn.' || @work, 0))";

    private const string Wait = "SELECT pg_advisory_xact_lock(hashtextextended('actors.turn.' || @work, 0)) IS NOT NULL";

    public Task<bool> TryRunAsync(string work, Func<CancellationToken, Task> run, CancellationToken cancellationToken) =>
        RunAsync(Try, work, run, cancellationToken);

    public Task RunAsync(string work, Func<CancellationToken, Task> run, CancellationToken cancellationToken) =>
        RunAsync(Wait, work, run, cancellationToken);

    private async Task<bool> RunAsync(string take, string work, Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var begin = connection.Command(Begin);
        await begin.ExecuteNonQueryAsync(cancellationToken);
        await using var taking = connection.Command(take, ("work", work));
        taking.CommandTimeout = 0;
        if (await taking.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return false;
        }

        using var turn = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var ending = new CancellationTokenSource();
        var keeping = KeepAsync(connection, turn, ending.Token);
        try
        {
            await run(turn.Token);
        }
        finally
        {
            await ending.CancelAsync();
            await keeping;
        }

        return true;
    }

    private async Task KeepAsync(NpgsqlConnection connection, CancellationTokenSource turn, CancellationToken cancellationToken)
    {
        try
        {
            await using var alive = connection.Command("SELECT 1");
            while (true)
            {
                await Task.Delay(Pulse, time, cancellationToken);
                await alive.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        catch (NpgsqlException)
        {
            await turn.CancelAsync();
        }
    }
}
