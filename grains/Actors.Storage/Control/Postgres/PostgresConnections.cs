using Npgsql;

namespace Actors.Storage.Control.Postgres;

/// <summary>Opens the pool of connections to the control plane.</summary>
internal static class PostgresConnections
{
    // Behind the caches a node asks rarely, and the server's connections are for all nodes and parts of them.
    private const int MaxConnections = 20;

    private const int SecondsToConnect = 5;
    private const int SecondsToAnswer = 30;

    /// <summary>The pool. What the operator wrote stands; what is left at the library's defaults suits a control plane.</summary>
    public static NpgsqlDataSource Open(string connectionString) => NpgsqlDataSource.Create(Settings(connectionString).ToString());

    /// <summary>The settings of a connection.</summary>
    public static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        var defaults = new NpgsqlConnectionStringBuilder();
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            // The plain statements name tables without the schema, as SQLite has none.
            SearchPath = PostgresControlDbContext.Schema,
            Enlist = false,
        };
        settings.ApplicationName ??= "actors control";
        settings.MaxPoolSize = settings.MaxPoolSize == defaults.MaxPoolSize ? MaxConnections : settings.MaxPoolSize;
        settings.Timeout = settings.Timeout == defaults.Timeout ? SecondsToConnect : settings.Timeout;
        settings.CommandTimeout = settings.CommandTimeout == defaults.CommandTimeout ? SecondsToAnswer : settings.CommandTimeout;
        return settings;
    }
}
