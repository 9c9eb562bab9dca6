using Actors.Tracing;
using DuckDB.NET.Data;
using Microsoft.Extensions.Logging;

namespace Actors.Analytics.Schema;

/// <summary>The file of one project: opens it when it fits the log, else makes a new one.</summary>
/// <param name="path">Where it is.</param>
/// <param name="options">How it is opened.</param>
/// <param name="logger">Says why it is made anew.</param>
/// <param name="isCopied">Whether copies of it are made while it is open.</param>
internal sealed partial class ProjectFile(string path, AnalyticsOptions options, ILogger logger, bool isCopied = false)
{
    // Repeated text takes a third of the room of the oldest form, which is DuckDB's default, and is grouped by its numbers.
    // A new form must come with a new version of the schema: a file keeps the one that it was begun with.
    internal const string StorageVersion = "v1.5.0";

    private readonly string _connectionString = new DuckDBConnectionStringBuilder
    {
        DataSource = path,
        Threads = options.Threads,
        MemoryLimit = $"{options.MemoryLimitMb}MiB",
        AutoinstallKnownExtensions = false,
        AutoloadKnownExtensions = false,
        EnableExternalAccess = isCopied,
        AllowCommunityExtensions = false,

        // A checkpoint in the middle of a commit stalls the feed; the follower makes them when it is quiet.
        CheckpointThreshold = "256MiB",
        ["storage_compatibility_version"] = StorageVersion,
    }.ToString();

    /// <summary>The file's path.</summary>
    public string Path => path;

    /// <summary>The bytes of the file and of what waits to be written into it.</summary>
    public long MeasureSize() => new[] { path, path + ".wal" }.Select(f => new FileInfo(f)).Where(f => f.Exists).Sum(f => f.Length);

    /// <summary>What was fetched to take the file's place.</summary>
    public string Incoming => path + ".incoming";

    /// <summary>A copy of the file, to be carried elsewhere.</summary>
    public string Outgoing => System.IO.Path.Combine(OutgoingDirectory, "model.duckdb");

    private string OutgoingDirectory => path + ".outgoing";

    /// <summary>Opens the file for writing. A file of another log, schema or fold, or a damaged one, is deleted and begun again.</summary>
    /// <exception cref="IOException">The file belongs to another process or cannot be made.</exception>
    public (DuckDBConnection Connection, long Watermark) Open(ProjectId project, IEventLog log)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        DeleteIncoming();
        DeleteOutgoing();
        var opened = (File.Exists(path) ? TryOpenExisting(project, log) : null) ?? Begin(log);
        if (isCopied)
        {
            Confine(opened.Connection);
        }

        return opened;
    }

    private (DuckDBConnection Connection, long Watermark) Begin(IEventLog log)
    {
        Delete();
        var connection = Connect();
        try
        {
            ReadModelSchema.Create(connection, log.LogId);
            return (connection, 0);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // From here on and for as long as the file is open, nothing beside it can be read or written but the directory of copies.
    private void Confine(DuckDBConnection connection)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SET allowed_directories = ['{ProjectCopy.Quote(OutgoingDirectory)}']; SET enable_external_access = false";
            command.ExecuteNonQuery();
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private (DuckDBConnection Connection, long Watermark)? TryOpenExisting(ProjectId project, IEventLog log)
    {
        DuckDBConnection? connection = null;
        try
        {
            connection = Connect();
            if (ReadModelSchema.ReadWatermark(connection, log.LogId) is { } watermark)
            {
                return (connection, watermark);
            }

            LogForeign(project);
        }
        catch (DuckDBException exception) when (IsLocked(exception))
        {
            throw new IOException($"{path} is open in another process. Stop it, or give this one another Actors:DataDirectory.", exception);
        }
        catch (DuckDBException exception)
        {
            LogDamaged(project, exception);
        }

        connection?.Dispose();
        return null;
    }

    /// <summary>A further connection to the open file.</summary>
    public DuckDBConnection Connect()
    {
        var connection = new DuckDBConnection(_connectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Deletes the file and what belongs to it; all connections must be closed.</summary>
    public void Delete()
    {
        DeleteFile();
        DeleteIncoming();
        DeleteOutgoing();
    }

    /// <summary>Puts what was fetched in the file's place; all connections must be closed.</summary>
    public void Replace()
    {
        DeleteFile();
        File.Move(Incoming, path);
    }

    /// <summary>Deletes what was fetched.</summary>
    public void DeleteIncoming() => File.Delete(Incoming);

    /// <summary>Makes room for a copy, and says where.</summary>
    public string BeginOutgoing()
    {
        DeleteOutgoing();
        Directory.CreateDirectory(OutgoingDirectory);
        return Outgoing;
    }

    /// <summary>Deletes the copy.</summary>
    public void DeleteOutgoing() => DeleteDirectory(OutgoingDirectory);

    private void DeleteFile()
    {
        File.Delete(path);
        File.Delete(path + ".wal");
        DeleteDirectory(path + ".tmp");
    }

    private static void DeleteDirectory(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static bool IsLocked(DuckDBException exception) => exception.Message.Contains("lock on file", StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(3000, LogLevel.Warning, "The read model of project {Project} was built by another log, schema or fold; it is rebuilt from the log.")]
    private partial void LogForeign(ProjectId project);

    [LoggerMessage(3001, LogLevel.Warning, "The read model of project {Project} cannot be opened; it is deleted and rebuilt from the log.")]
    private partial void LogDamaged(ProjectId project, Exception exception);
}
