using System.Globalization;
using Actors.Tracing;
using Npgsql;

namespace Actors.Storage.Postgres;

/// <summary>
/// The connections of one process to the log's database: one that writes, some that ask for heads and tell them, and a pool that reads, so
/// that none of them waits for the others.
/// </summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    // How long nobody may answer before the connection counts as cut, on both sides: 15 + 3 * 5 s.
    private const int KeepAliveSeconds = 15;
    private const int KeepAliveIntervalSeconds = 5;

    private readonly string _connectionString;
    private readonly TimeSpan _answerTimeout;

    private PostgresConnections(NpgsqlConnectionStringBuilder settings, EventLogOptions options)
    {
        _answerTimeout = options.AnswerTimeout;
        Name = string.Create(CultureInfo.InvariantCulture, $"{settings.Host}:{settings.Port}/{settings.Database}");
        settings.ApplicationName ??= "actors";
        settings.Enlist = false;
        settings.TcpKeepAlive = true;
        settings.TcpKeepAliveTime = KeepAliveSeconds;
        settings.TcpKeepAliveInterval = KeepAliveIntervalSeconds;
        settings.Timeout = (int)Math.Ceiling(_answerTimeout.TotalSeconds);

        // The server gives up first, so that the outcome is known.
        settings.CommandTimeout = settings.Timeout + 2;

        // A session is set up once and left as it is.
        settings.NoResetOnClose = true;
        settings.Pooling = false;
        _connectionString = settings.ToString();
        settings.Pooling = true;
        settings.MaxAutoPrepare = 20;
        settings.AutoPrepareMinUsages = 2;
        Reads = CreatePool(settings, options.MaxReadConnections);
        Heads = CreatePool(settings, 2);
    }

    /// <summary>Where the database is, for messages: never the whole connection string, which has the password.</summary>
    public string Name { get; }

    /// <summary>The pool that reads.</summary>
    public NpgsqlDataSource Reads { get; }

    /// <summary>The pool that asks for heads and tells them.</summary>
    public NpgsqlDataSource Heads { get; }

    /// <summary>Reads the connection string; connects to nothing.</summary>
    /// <exception cref="StorageSetupException">It is not one.</exception>
    public static PostgresConnections Create(string connectionString, EventLogOptions options)
    {
        try
        {
            return new PostgresConnections(new NpgsqlConnectionStringBuilder(connectionString), options);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new StorageSetupException(
                $"{PostgresOptions.ConnectionStringSetting} is not a connection string ({e.Message}). Set it to 'Host=…;Database=…;Username=…;Password=…'.", e);
        }
    }

    /// <summary>Opens a connection that belongs to its caller.</summary>
    public NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(_connectionString);
        try
        {
            connection.Open();
            SetUp(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Reads.DisposeAsync();
        await Heads.DisposeAsync();
    }

    private NpgsqlDataSource CreatePool(NpgsqlConnectionStringBuilder settings, int size)
    {
        settings.MaxPoolSize = size;
        return new NpgsqlDataSourceBuilder(settings.ToString())
            .UsePhysicalConnectionInitializer(SetUp, async connection =>
            {
                await using var command = SetUpCommand(connection);
                Refuse(await command.ExecuteScalarAsync() is true);
            })
            .Build();
    }

    private void SetUp(NpgsqlConnection connection)
    {
        using var command = SetUpCommand(connection);
        Refuse(command.ExecuteScalar() is true);
    }

    // All statements find their rows by an index. A plan that was made while a table was empty must not scan it for long when
    // it has grown, and none is worth compiling.
    private NpgsqlCommand SetUpCommand(NpgsqlConnection connection)
    {
        var milliseconds = (long)_answerTimeout.TotalMilliseconds;
        var command = connection.CreateCommand();
        command.CommandText = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT pg_is_in_recovery() FROM (SELECT
            set_config('statement_timeout', '{milliseconds}', false),
            set_config('lock_timeout', '{milliseconds}', false),
            set_config('idle_in_transaction_session_timeout', '{milliseconds}', false),
            set_config('tcp_keepalives_idle', '{KeepAliveSeconds}', false),
            set_config('tcp_keepalives_interval', '{KeepAliveIntervalSeconds}', false),
            set_config('tcp_keepalives_count', '3', false),
            set_config('enable_seqscan', 'off', false),
            set_config('plan_cache_mode', 'force_generic_plan', false),
            set_config('jit', 'off', false),
            CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', false) END OFFSET 0) s
            """);
        return command;
    }

    private void Refuse(bool isStandby)
    {
        if (isStandby)
        {
            throw new EventLogUnavailableException($"The PostgreSQL server of {Name} is a standby; the log needs the primary.");
        }
    }
}
