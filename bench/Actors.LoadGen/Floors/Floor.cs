namespace Actors.LoadGen.Floors;

/// <summary>A path measured inside this process.</summary>
/// <param name="CpuMicroseconds">CPU time of the whole process per event, garbage collection included.</param>
/// <param name="EventsPerSecond">Events per second of wall-clock time.</param>
internal readonly record struct Floor(double CpuMicroseconds, double EventsPerSecond)
{
    /// <summary>Measures what <paramref name="work"/> costs; it returns how many events it took.</summary>
    public static async Task<Floor> MeasureAsync(Func<Task<long>> work)
    {
        GC.Collect();
        var cpu = Environment.CpuUsage.TotalTime;
        var started = TimeProvider.System.GetTimestamp();
        var events = await work();
        var elapsed = TimeProvider.System.GetElapsedTime(started);
        return new Floor((Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / events, events / elapsed.TotalSeconds);
    }

    /// <summary>The median of three, because the cores are shared.</summary>
    public static async Task<Floor> MedianAsync(Func<Task<long>> work)
    {
        var floors = new List<Floor>();
        for (var i = 0; i < 3; i++)
        {
            floors.Add(await MeasureAsync(work));
        }

        floors.Sort(static (a, b) => a.CpuMicroseconds.CompareTo(b.CpuMicroseconds));
        return floors[1];
    }
}
