using Actors.Storage.Postgres;
using Actors.Storage.Sqlite;
using Actors.Tracing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Storage;

/// <summary>Registers the event log of the chosen provider.</summary>
internal static class EventLogServices
{
    public static void AddEventLog(this IServiceCollection services)
    {
        services.TryAddSingleton(OpenSqlite);
        services.TryAddSingleton(OpenPostgres);
        services.TryAddSingleton(Open);
        services.TryAddSingleton(s => (IAppendBacklog)s.GetRequiredService<IEventLog>());
    }

    private static IEventLog Open(IServiceProvider services) =>
        services.GetRequiredService<IOptions<StorageOptions>>().Value.IsPostgres
            ? services.GetRequiredService<PostgresEventLog>()
            : services.GetRequiredService<SqliteEventLog>();

    private static SqliteEventLog OpenSqlite(IServiceProvider services) => SqliteEventLog.Open(
        services.GetRequiredService<DataDirectory>(),
        services.GetRequiredService<IOptions<EventLogOptions>>().Value,
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<StorageInstruments>(),
        services.GetRequiredService<ILogger<SqliteEventLog>>());

    private static PostgresEventLog OpenPostgres(IServiceProvider services) => PostgresEventLog.Open(
        services.GetRequiredService<IOptions<StorageOptions>>().Value.Postgres.ConnectionString!,
        services.GetRequiredService<NodeListener>(),
        services.GetRequiredService<IOptions<EventLogOptions>>().Value,
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<StorageInstruments>(),
        services.GetRequiredService<ILogger<PostgresEventLog>>());
}
