using System.Data.Common;
using Actors.Nodes;
using Actors.Storage.Postgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace Actors.Storage.Control.Postgres;

/// <summary>
/// The control plane in the schema <c>control</c> of a database that all nodes share. Writers of all nodes wait for one lock,
/// which is free again at the latest when a node that holds it does nothing for <see cref="IdleLimit"/>.
/// </summary>
internal sealed class PostgresControlDatabase : ControlDatabase
{
    /// <summary>After how long a node that does nothing in the middle of a change or a turn loses it.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(10);

    private const string Channel = "actors_control";

    private readonly NpgsqlDataSource _source;
    private readonly OutageGate _gate;
    private readonly NodeListener _listener;
    private readonly string _begin;

    /// <summary>Reads the settings; connects to nothing. The listener stays its owner's.</summary>
    public PostgresControlDatabase(string connectionString, NodeListener listener, TimeProvider time, TimeSpan? idleLimit = null)
        : base(new ControlChanges(time))
    {
        _source = PostgresConnections.Open(connectionString);
        _gate = new OutageGate(_source.Clear, time);
        _listener = listener;
        _listener.Subscribe(new NodeChannel(Channel, message => Changes.Tell(ControlChange.Parse(message)), Connected)
        {
            Lost = Changes.TellMissed,
            HeardUntil = Changes.HeardUntil,
        });
        var idle = idleLimit ?? IdleLimit;
        Turns = new PostgresTurns(_source, idle, time);

        // Others wait longer for the lock than a frozen node can keep it.
        _begin = FormattableString.Invariant($"""
            SET LOCAL lock_timeout = {2.5 * idle.TotalMilliseconds:F0};
            SET LOCAL idle_in_transaction_session_timeout = {idle.TotalMilliseconds:F0};
            SELECT pg_advisory_xact_lock(hashtextextended('actors.control.write', 0))
            """);
    }

    /// <inheritdoc/>
    public override INodeTurns Turns { get; }

    /// <summary>What every context is told of the engine.</summary>
    public static void Configure(NpgsqlDbContextOptionsBuilder npgsql) =>
        npgsql.MigrationsHistoryTable(PostgresControlDbContext.HistoryTable, PostgresControlDbContext.Schema);

    /// <inheritdoc/>
    public override ControlDbContext CreateDbContext() => new PostgresControlDbContext(
        new DbContextOptionsBuilder<PostgresControlDbContext>()
            .UseNpgsql(
                _source.CreateConnection(),
                contextOwnsConnection: true,
                npgsql =>
                {
                    Configure(npgsql);
                    npgsql.ExecutionStrategy(dependencies => new OutageStrategy(dependencies, _gate));
                })
            .AddInterceptors(NullCharacters.Replaced)
            .Options);

    /// <inheritdoc/>
    public override Task MigrateAsync(CancellationToken cancellationToken) => PostgresSchema.MigrateAsync(_source, cancellationToken);

    /// <inheritdoc/>
    public override void Listen() => _listener.Start();

    /// <inheritdoc/>
    public override Task StopListeningAsync() => _listener.StopAsync();

    /// <inheritdoc/>
    public override Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken) =>
        _gate.AskAsync(async () =>
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            return await read(connection);
        });

    /// <inheritdoc/>
    protected override ControlDbContext CreateDbContext(DbConnection connection) => new PostgresControlDbContext(
        new DbContextOptionsBuilder<PostgresControlDbContext>()
            .UseNpgsql(connection, Configure).AddInterceptors(NullCharacters.Replaced).Options);

    /// <inheritdoc/>
    protected override async Task<T> TransactAsync<T>(
        ControlChange told, Func<DbConnection, DbTransaction, Task<T>> change, CancellationToken cancellationToken)
    {
        _gate.Enter();
        for (var isAgain = false; ; isAgain = true)
        {
            var isEnding = false;
            try
            {
                await using var connection = await _source.OpenConnectionAsync(cancellationToken);
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await RunAsync(connection.Command(_begin), cancellationToken);
                var result = await change(connection, transaction);
                if (told.Subjects != ControlSubjects.None)
                {
                    // Inside the transaction: the others hear of it when it is stored, and only then.
                    var notify = connection.Command($"SELECT pg_notify('{Channel}', @message)", ("message", told.ToString()));
                    await RunAsync(notify, cancellationToken);
                }

                // From here on nobody knows whether it was stored if the answer does not come.
                isEnding = true;
                await transaction.CommitAsync(CancellationToken.None);
                _gate.Passed();
                return result;
            }
            catch (Exception e) when (PostgresFaults.IsOutage(e))
            {
                if (isEnding || isAgain)
                {
                    throw _gate.Failed(e);
                }

                _gate.Broke(e);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _source.Dispose();
    }

    // The database answers, and what was stored before is not told.
    private void Connected()
    {
        _gate.Passed();
        Changes.TellMissed();
    }

    private static async Task RunAsync(DbCommand command, CancellationToken cancellationToken)
    {
        await using (command)
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
