using System.Data.Common;
using Actors.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace Actors.Storage.Control.Postgres;

/// <summary>
/// The control plane in the schema <c>control</c> of a database that all nodes share. Writers of all nodes wait for one lock,
/// which is free again at the latest when a node that holds it does nothing for <see cref="IdleLimit"/>.
/// </summary>
internal sealed class PostgresControlDatabase : ControlDatabase
{
    /// <summary>After how long a node that does nothing in the middle of a change loses it.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(10);

    // Longer than a frozen node can keep it.
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(25);

    private static readonly string Begin = FormattableString.Invariant($"""
        SET LOCAL lock_timeout = {LockLimit.TotalMilliseconds};
        SET LOCAL idle_in_transaction_session_timeout = {IdleLimit.TotalMilliseconds};
        SELECT pg_advisory_xact_lock(hashtextextended('actors.control.write', 0))
        """);

    private readonly NpgsqlDataSource _source;
    private readonly OutageGate _gate;
    private readonly ControlListener _listener;

    public PostgresControlDatabase(string connectionString, TimeProvider time, ILoggerFactory logging)
        : base(new ControlChanges(time))
    {
        _source = PostgresConnections.Open(connectionString);
        _gate = new OutageGate(time);
        Turns = new PostgresTurns(_source, time);
        _listener = new ControlListener(connectionString, Changes, time, logging.CreateLogger<ControlListener>());
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
        new DbContextOptionsBuilder<PostgresControlDbContext>().UseNpgsql(connection, Configure).Options);

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
                await RunAsync(connection.Command(Begin), cancellationToken);
                var result = await change(connection, transaction);
                if (told.Subjects != ControlSubjects.None)
                {
                    // Inside the transaction: the others hear of it when it is stored, and only then.
                    await RunAsync(ControlListener.Notify(connection, told), cancellationToken);
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
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _listener.Dispose();
        _source.Dispose();
    }

    private static async Task RunAsync(DbCommand command, CancellationToken cancellationToken)
    {
        await using (command)
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
