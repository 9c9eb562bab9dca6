using Npgsql;

namespace Actors.Storage.Postgres;

/// <summary>What a failure of the database means.</summary>
internal static class PostgresFaults
{
    /// <summary>
    /// Whether the same statement may well succeed when it is tried again at once: the connection broke, the server is
    /// restarting, two transactions got into each other's way. Not after a timeout: the caller has waited long enough.
    /// </summary>
    public static bool IsPassing(Exception e) => e switch
    {
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => false,
        PostgresException p => p.IsTransient || p.SqlState.StartsWith("57P", StringComparison.Ordinal),
        NpgsqlException { InnerException: TimeoutException } => false,
        NpgsqlException => true,
        _ => false,
    };

    /// <summary>The one line for a person whose database cannot be used.</summary>
    public static StorageSetupException Explain(string name, Exception e)
    {
        var advice = (e as PostgresException)?.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => "Correct the user or the password in",
            PostgresErrorCodes.InvalidCatalogName => "Create the database, or correct its name in",
            PostgresErrorCodes.InsufficientPrivilege => "Let the user create schemas in the database (GRANT CREATE ON DATABASE), or name another user in",
            _ => "Start the server, or correct",
        };
        return new StorageSetupException(
            $"The PostgreSQL database {name} cannot be used for the event log ({FirstLine(e)}). {advice} {PostgresOptions.ConnectionStringSetting}.", e);
    }

    private static string FirstLine(Exception e) => (e.InnerException ?? e).Message.ReplaceLineEndings("\n").Split('\n', 2)[0];
}
