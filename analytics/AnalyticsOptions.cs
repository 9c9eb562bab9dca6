using System.ComponentModel.DataAnnotations;

namespace Actors.Analytics;

/// <summary>How the read model is kept. Section <c>Actors:Analytics</c>.</summary>
public sealed class AnalyticsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Actors:Analytics";

    /// <summary>The folder of the files, one per project. Default: <c>analytics</c> in <c>Actors:DataDirectory</c>.</summary>
    [Required]
    public string Directory { get; set; } = "";

    /// <summary>How long rows are gathered into one commit while nobody waits. 10 ms to 10 s; default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan BatchInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The most rows of the log in one commit. 1 to 100,000; default 5,000.</summary>
    [Range(1, 100_000)]
    public int BatchRows { get; set; } = 5_000;

    /// <summary>How long a query waits for the log's head before it answers what is there. 0 to 60 s; default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ReadWait { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a query may take with all waiting before it is ended. 1 to 25 s, since nobody waits for an answer longer than 30 s; default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:25")]
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The bytes of folded streams that each open project keeps, so that a growing trace is not read again. 0 to 4 GiB; default 64 MiB.</summary>
    [Range(0, 4L << 30)]
    public long FoldCacheBytes { get; set; } = 64L << 20;

    /// <summary>The most files open at once; the least recently used is closed. 1 to 1,000; default 16.</summary>
    [Range(1, 1_000)]
    public int MaxOpenProjects { get; set; } = 16;

    /// <summary>After how long without rows and queries a file is closed. 10 s to 1 day; default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan CloseAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often projects without an open file are looked at for new rows. 100 ms to 1 hour; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan ScanInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After how long without rows the file is checkpointed. 100 ms to 1 hour; default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan CheckpointAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Connections for queries per file. 1 to 64; default 4.</summary>
    [Range(1, 64)]
    public int ReadersPerProject { get; set; } = 4;

    /// <summary>Queries that run at the same time over all projects; more wait. 1 to 256; default 8.</summary>
    [Range(1, 256)]
    public int MaxConcurrentQueries { get; set; } = 8;

    /// <summary>DuckDB's memory per file, in MiB; beyond it DuckDB spills to disk. 64 to 1,048,576; default 512.</summary>
    [Range(64, 1_048_576)]
    public int MemoryLimitMb { get; set; } = 512;

    /// <summary>DuckDB's threads per file. 1 to 256; default: the processors, at most 4.</summary>
    [Range(1, 256)]
    public int Threads { get; set; } = Math.Min(4, Environment.ProcessorCount);

    /// <summary>
    /// How often rows are compared with the log while rows come. 100 ms to 1 hour; default 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan AuditInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many streams that changed lately are compared at a time, and how many of all the others. 1 to 100; default 4.</summary>
    [Range(1, 100)]
    public int AuditStreams { get; set; } = 4;

    /// <summary>How long the answer of a history or heat map query serves other viewers. 0 to 1 minute; default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan HistoryCacheTime { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The most cached history and heat map answers. 1 to 10,000; default 200.</summary>
    [Range(1, 10_000)]
    public int HistoryCacheEntries { get; set; } = 200;
}
