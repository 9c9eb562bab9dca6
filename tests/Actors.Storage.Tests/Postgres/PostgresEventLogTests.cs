using Actors.Testing;
using Actors.Tracing;

namespace Actors.Storage.Postgres;

/// <summary>The conformance suite on a real server.</summary>
public sealed class PostgresEventLogTests(LogDatabase database) : EventLogConformance, IClassFixture<LogDatabase>
{
    protected override ValueTask<IEventLog> OpenAsync(int? maxQueuedRows)
    {
        var options = new EventLogOptions();
        options.MaxQueuedRows = maxQueuedRows ?? options.MaxQueuedRows;
        return ValueTask.FromResult<IEventLog>(database.Open(options));
    }

    protected override ValueTask CloseAsync(IEventLog log) => ((PostgresEventLog)log).DisposeAsync();

    protected override async ValueTask CleanUpAsync() => await database.EmptyAsync();
}
