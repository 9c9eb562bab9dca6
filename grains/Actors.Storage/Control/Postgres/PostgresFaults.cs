using System.Net.Sockets;
using Actors.Access;
using Npgsql;

namespace Actors.Storage.Control.Postgres;

/// <summary>Tells what went wrong at the database from what went wrong here.</summary>
internal static class PostgresFaults
{
    // idle_in_transaction_session_timeout
    private const string IdleTooLong = "25P03";

    /// <summary>
    /// Whether the database did not do what it was asked, and may do it later: it cannot be reached, is starting or stopping, has
    /// no room, ended the session, only reads since a fail-over, or others were in the way.
    /// </summary>
    public static bool IsOutage(Exception exception) => exception switch
    {
        ControlPlaneUnavailableException => true,
        PostgresException e => IsOutage(e.SqlState),
        NpgsqlException { IsTransient: true } => true,
        NpgsqlException { InnerException: SocketException or IOException or TimeoutException } => true,
        _ => exception.InnerException is { } inner && IsOutage(inner),
    };

    /// <summary>Whether it answered: that others were in the way says nothing of its health.</summary>
    public static bool HasAnswered(Exception exception) => exception is PostgresException { SqlState: var state }
        ? state is PostgresErrorCodes.LockNotAvailable || state.StartsWith("40", StringComparison.Ordinal)
        : exception.InnerException is { } inner && HasAnswered(inner);

    /// <summary>The one line for a person whose database cannot be opened.</summary>
    public static StorageSetupException Explain(string database, NpgsqlException e) => e switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => new StorageSetupException(
            $"The user of {database} may not create the schema '{PostgresControlDbContext.Schema}' or its tables ({e.Message}). Grant CREATE on the database, or name another user in {PostgresOptions.ConnectionStringSetting}.", e),
        PostgresException => new StorageSetupException(
            $"{database} refused ({e.Message}). Mend it, or correct {PostgresOptions.ConnectionStringSetting}.", e),
        _ => new StorageSetupException(
            $"{database} cannot be reached ({(e.InnerException ?? e).Message}). Start it, or correct {PostgresOptions.ConnectionStringSetting}.", e),
    };

    // The classes of SQLSTATE: connection, authorization, no such database, transaction rollback, resources, the operator, the system.
    private static bool IsOutage(string state) => state[..2] is "08" or "28" or "3D" or "40" or "53" or "57" or "58"
        || state is PostgresErrorCodes.LockNotAvailable
            or IdleTooLong
            or PostgresErrorCodes.ReadOnlySqlTransaction;
}
