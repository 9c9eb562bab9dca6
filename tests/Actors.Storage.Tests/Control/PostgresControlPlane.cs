using System.Runtime.CompilerServices;
using Actors.Storage.Control.Postgres;
using Actors.Storage.Postgres;
using Actors.Testing.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Actors.Storage.Control;

/// <summary>
/// A control plane in a database of its own: a copy of one that is made once for each server, because a copy takes a fraction of
/// the time. It orders texts by language unless it is told otherwise, as a server may that somebody else has set up.
/// </summary>
public sealed class PostgresControlPlane(PostgresServer server) : ControlPlane
{
    private const string TemplateName = "control_template";

    private static readonly ConditionalWeakTable<PostgresServer, Lazy<Task>> Templates = [];

    public string ConnectionString { get; private set; } = "";

    public string DatabaseName => new NpgsqlConnectionStringBuilder(ConnectionString).Database!;

    protected override string Engine => StorageOptions.PostgreSql;

    /// <summary>One more node on the same database, which hears of changes.</summary>
    internal async Task<ControlDatabase> ConnectNodeAsync(CancellationToken cancellationToken)
    {
        var database = Connect();
        var hears = new TaskCompletionSource();
        database.Changes.Subscribe(ControlSubjects.All, _ => { }, () => hears.TrySetResult());
        database.Listen();
        await hears.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        return database;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await server.ExecuteAsync($"DROP DATABASE {DatabaseName} WITH (FORCE)", CancellationToken.None);
    }

    protected override async Task CreateAsync(CancellationToken cancellationToken)
    {
        await Templates.GetValue(server, s => new Lazy<Task>(() => MakeTemplateAsync(s))).Value;
        ConnectionString = await server.CreateDatabaseAsync(cancellationToken, TemplateName);
    }

    private protected override ControlDatabase Open() => Open(ConnectionString);

    /// <summary>Opens the control plane of any database.</summary>
    internal static PostgresControlDatabase Open(string connectionString, TimeSpan? idleLimit = null) => new(
        connectionString,
        new NodeListener(connectionString, TimeProvider.System, NullLogger<NodeListener>.Instance),
        TimeProvider.System,
        idleLimit);

    private static async Task MakeTemplateAsync(PostgresServer server)
    {
        await server.ExecuteAsync(
            $"CREATE DATABASE {TemplateName} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'", CancellationToken.None);
        using var database = Open(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = TemplateName }.ToString());
        await SetUpAsync(database, CancellationToken.None);
    }
}
