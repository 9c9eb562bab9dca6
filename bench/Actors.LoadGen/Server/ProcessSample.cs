using System.Globalization;

namespace Actors.LoadGen.Server;

/// <summary>What the kernel says about a process (Linux: proc(5), <c>stat</c> and <c>status</c>).</summary>
/// <param name="Cpu">User and system time since its start.</param>
/// <param name="ResidentBytes">Its resident memory now.</param>
/// <param name="PeakBytes">The most that was ever resident.</param>
internal readonly record struct ProcessSample(TimeSpan Cpu, long ResidentBytes, long PeakBytes)
{
    // USER_HZ is 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Reads a process that runs.</summary>
    public static ProcessSample Read(int processId)
    {
        var stat = File.ReadAllText($"/proc/{processId}/stat");

        // The name in parentheses may hold blanks; utime and stime are the 12th and 13th field behind it.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = Number(fields[11]) + Number(fields[12]);
        var (resident, peak) = (0L, 0L);
        foreach (var line in File.ReadLines($"/proc/{processId}/status"))
        {
            if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
            {
                resident = Kilobytes(line);
            }
            else if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
            {
                peak = Kilobytes(line);
            }
        }

        return new ProcessSample(TimeSpan.FromSeconds(ticks / TicksPerSecond), resident, peak);
    }

    /// <summary>
    /// Reads a process that runs and its children: their time, that of children that have ended included, and the memory that
    /// they hold together, in which pages that they share count once.
    /// </summary>
    public static ProcessSample ReadFamily(int processId)
    {
        var (ticks, resident) = (0L, 0L);
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(d => int.TryParse(Path.GetFileName(d), out _)))
        {
            try
            {
                var stat = File.ReadAllText(process + "/stat");
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                var isParent = Path.GetFileName(process) == processId.ToString(CultureInfo.InvariantCulture);
                if (isParent || Number(fields[1]) == processId)
                {
                    // cutime and cstime, behind the process's own, are those of children that it has waited for.
                    ticks += Number(fields[11]) + Number(fields[12]) + (isParent ? Number(fields[13]) + Number(fields[14]) : 0);
                    resident += File.ReadLines(process + "/smaps_rollup").Where(l => l.StartsWith("Pss:", StringComparison.Ordinal)).Sum(Kilobytes);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended meanwhile.
            }
        }

        return new ProcessSample(TimeSpan.FromSeconds(ticks / TicksPerSecond), resident, resident);
    }

    private static long Kilobytes(string line) =>
        Number(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
