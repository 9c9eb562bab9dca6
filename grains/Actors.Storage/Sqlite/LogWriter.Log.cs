using Microsoft.Extensions.Logging;

namespace Actors.Storage.Sqlite;

internal sealed partial class LogWriter
{
    [LoggerMessage(2001, LogLevel.Error, "The commit of {Rows} rows to {Path} failed; their callers may repeat them.")]
    private partial void LogCommitFailed(Exception exception, int rows, string path);

    [LoggerMessage(2002, LogLevel.Information, "The event log {Path} is open again after a failure.")]
    private partial void LogReopened(string path);

    [LoggerMessage(2003, LogLevel.Warning, "The write-ahead log of {Path} could not be moved into the database; it is tried again later.")]
    private partial void LogCheckpointFailed(Exception exception, string path);
}
