using System.ComponentModel.DataAnnotations;

namespace Actors.Storage;

/// <summary>The limits of the event log, section <c>Actors:EventLog</c>.</summary>
public sealed class EventLogOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Actors:EventLog";

    /// <summary>Rows that may wait for a commit; more are refused at once. Default 20,000; 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxQueuedRows { get; set; } = 20_000;

    /// <summary>
    /// Packed bytes that may wait for a commit; more are refused at once, except that one row of any size may always wait
    /// alone. Default 64 MB; 64 KB to 2 GB.
    /// </summary>
    [Range(64L << 10, 2L << 30)]
    public long MaxQueuedBytes { get; set; } = 64L << 20;

    /// <summary>Rows of one commit at most. Default 1,000; 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int MaxBatchRows { get; set; } = 1_000;

    /// <summary>Packed bytes of one commit at most, unless a single row is larger. Default 8 MB; 64 KB to 256 MB.</summary>
    [Range(64L << 10, 256L << 20)]
    public long MaxBatchBytes { get; set; } = 8L << 20;

    /// <summary>Unpacked bytes that one read of the change feed returns at most, unless a single row is larger. Default 16 MB; 64 KB to 1 GB.</summary>
    [Range(64L << 10, 1L << 30)]
    public long MaxChangesBytes { get; set; } = 16L << 20;

    /// <summary>
    /// SQLite: memory for the newest rows, which readers of the change feed take without touching the file; an estimate.
    /// Default 32 MB; 0 to 4 GB.
    /// </summary>
    [Range(0L, 4L << 30)]
    public long MaxRecentBytes { get; set; } = 32L << 20;

    /// <summary>SQLite: reads that run at the same time; others wait. Default 4; 1 to 64.</summary>
    [Range(1, 64)]
    public int MaxConcurrentReads { get; set; } = 4;

    /// <summary>
    /// SQLite: when the write-ahead log is longer than this, the writer waits for the running readers and starts it anew.
    /// Default 128 MB; 16 MB to 8 GB.
    /// </summary>
    [Range(16L << 20, 8L << 30)]
    public long MaxWalBytes { get; set; } = 128L << 20;

    /// <summary>
    /// PostgreSQL: connections of one process for reads; others wait. One more writes, and up to two ask for heads and tell them.
    /// Default 16; 1 to 256.
    /// </summary>
    [Range(1, 256)]
    public int MaxReadConnections { get; set; } = 16;

    /// <summary>
    /// PostgreSQL: how long a commit or a read may take; then the server gives it up, and the caller learns that there is no
    /// answer. Default 10 seconds; 1 second to 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// PostgreSQL: the pause between two looks at the heads of the projects that somebody waits for. Nodes tell each other
    /// what they append; this is how late it is noticed when one died before. Default 2 seconds; 5 milliseconds to 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.005", "00:00:05")]
    public TimeSpan HeadPollInterval { get; set; } = TimeSpan.FromSeconds(2);
}
