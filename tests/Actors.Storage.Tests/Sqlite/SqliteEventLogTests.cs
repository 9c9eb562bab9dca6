using Actors.Testing;
using Actors.Tracing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Storage.Sqlite;

/// <summary>The conformance suite on real files.</summary>
public sealed class SqliteEventLogTests : EventLogConformance
{
    private readonly TempDirectory _temp = new();
    private readonly StorageInstruments _instruments = new();
    private DataDirectory? _directory;

    protected override ValueTask<IEventLog> OpenAsync(int? maxQueuedRows)
    {
        var options = new EventLogOptions();
        options.MaxQueuedRows = maxQueuedRows ?? options.MaxQueuedRows;
        _directory = DataDirectory.Open(_temp.Path);
        return ValueTask.FromResult<IEventLog>(SqliteEventLog.Open(
            _directory, options, TimeProvider.System, _instruments, NullLogger<SqliteEventLog>.Instance));
    }

    protected override async ValueTask CloseAsync(IEventLog log)
    {
        await ((SqliteEventLog)log).DisposeAsync();
        _directory?.Dispose();
    }

    protected override ValueTask CleanUpAsync()
    {
        _instruments.Dispose();
        _temp.Dispose();
        return ValueTask.CompletedTask;
    }
}
