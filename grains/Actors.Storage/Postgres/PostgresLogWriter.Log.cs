using Microsoft.Extensions.Logging;

namespace Actors.Storage.Postgres;

internal sealed partial class PostgresLogWriter
{
    [LoggerMessage(2010, LogLevel.Error, "The commit of {Rows} rows to {Database} failed; their callers may repeat them.")]
    private partial void LogCommitFailed(Exception exception, int rows, string database);

    [LoggerMessage(2011, LogLevel.Information, "The event log in {Database} is open again after a failure.")]
    private partial void LogReopened(string database);

    [LoggerMessage(2012, LogLevel.Warning, "The commit of {Rows} rows to {Database} did not come through ({Reason}); it is tried once more.")]
    private partial void LogTriedAgain(int rows, string database, string reason);
}
