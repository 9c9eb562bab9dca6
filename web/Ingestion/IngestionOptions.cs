using System.ComponentModel.DataAnnotations;

namespace Actors.Web.Ingestion;

/// <summary>Limits of what is taken in; section <c>Actors:Ingestion</c>.</summary>
public sealed class IngestionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Actors:Ingestion";

    /// <summary>The largest batch in bytes, as sent and unpacked. Default 4.5 MB, as the contract says.</summary>
    [Range(1024, 256 << 20)]
    public int MaxBatchBytes { get; set; } = 4_718_592;

    /// <summary>The largest OpenTelemetry export in bytes, as sent and unpacked. Default 16 MB.</summary>
    [Range(1024, 256 << 20)]
    public int MaxExportBytes { get; set; } = 16 << 20;

    /// <summary>The most bytes of one project that may be under way at once; above it callers get 429. Default 64 MB.</summary>
    [Range(1024, int.MaxValue)]
    public int MaxBytesUnderWayPerProject { get; set; } = 64 << 20;

    /// <summary>The most bytes of all projects together. Default 256 MB.</summary>
    [Range(1024, int.MaxValue)]
    public int MaxBytesUnderWay { get; set; } = 256 << 20;

    /// <summary>
    /// From how many MB of resident memory on callers get 429, at most 1,048,576. Default 0: from nine tenths of what the machine
    /// or the container has.
    /// </summary>
    [Range(0, 1_048_576)]
    public int MemoryLimitMb { get; set; }

    /// <summary>
    /// How far the read model of a project may be behind the log before a part of its callers get 429: the further, the more of
    /// them. Zero: never. At most 1 day; default 30 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan MaxReadModelLag { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many streams of one request are appended to at once. Default 64.</summary>
    [Range(1, 1024)]
    public int MaxParallelAppends { get; set; } = 64;

    /// <summary>
    /// The pause before an append is tried again because its silo does not answer; doubled for every further try up to a second,
    /// and over after 15 seconds. Default 100 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan AppendBackOff { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>What a caller is asked to wait when too much is under way. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);
}
