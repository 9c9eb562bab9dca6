namespace Actors.Web.Ingestion;

/// <summary>How much memory the process holds, and how much it should.</summary>
/// <param name="ProcessBytes">What is resident of the process, with the memory of DuckDB and SQLite.</param>
/// <param name="ProcessLimit">From when on the machine or the container is short of memory; 0: not known.</param>
/// <param name="HeapBytes">What the collected heap has taken from the system.</param>
/// <param name="HeapLimit">What it may take; 0: not known.</param>
internal readonly record struct MemoryUse(long ProcessBytes, long ProcessLimit, long HeapBytes, long HeapLimit)
{
    // The heap cannot be filled to its limit: a collection needs room itself.
    private const double HeapShare = 0.9;

    /// <summary>How near it is to the nearer of its limits; at 1 the process is short of memory.</summary>
    public double Share => Math.Max(Of(ProcessBytes, ProcessLimit), Of(HeapBytes, HeapLimit * HeapShare));

    /// <summary>Of this process, in its container when it has one.</summary>
    /// <param name="processLimit">The limit that was set; 0: what the collector knows of the machine or the container.</param>
    public static MemoryUse OfThisProcess(long processLimit)
    {
        var info = GC.GetGCMemoryInfo();
        return new MemoryUse(
            Environment.WorkingSet,
            processLimit > 0 ? processLimit : info.HighMemoryLoadThresholdBytes,
            info.TotalCommittedBytes,
            info.TotalAvailableMemoryBytes);
    }

    private static double Of(long used, double limit) => limit > 0 ? used / limit : 0;
}
