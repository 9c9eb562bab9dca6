using System.Globalization;

namespace Actors.LoadGen.Server;

/// <summary>
/// Counts what a young server spends on compiling its hot code again (the runtime's tiered compilation), which a server
/// that has run for minutes no longer does. Linux: the CPU time of the threads that do it.
/// </summary>
internal sealed class CompilerWatch(int processId)
{
    private const string ThreadName = ".NET Tiered Com";
    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // Such a thread ends when it has nothing to do, and its time with it; what it had when last seen is kept.
    private readonly Dictionary<string, TimeSpan> _byThread = [];
    private readonly Lock _lock = new();

    /// <summary>The CPU time so far.</summary>
    public TimeSpan Total
    {
        get
        {
            lock (_lock)
            {
                return TimeSpan.FromTicks(_byThread.Values.Sum(static t => t.Ticks));
            }
        }
    }

    /// <summary>Watches until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, Time);
        try
        {
            do
            {
                Look();
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // Nobody wants to know any more.
        }
    }

    /// <summary>Waits until less than a tenth of a core goes into compiling, over three seconds.</summary>
    public async Task WaitUntilCalmAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var span = TimeSpan.FromSeconds(3);
        var started = Time.GetTimestamp();
        while (Time.GetElapsedTime(started) < atMost)
        {
            var before = Total;
            await Task.Delay(span, Time, cancellationToken);
            if (Total - before < span / 10)
            {
                return;
            }
        }
    }

    private void Look()
    {
        foreach (var thread in Directory.EnumerateDirectories($"/proc/{processId}/task"))
        {
            try
            {
                if (File.ReadAllText(thread + "/comm").StartsWith(ThreadName, StringComparison.Ordinal))
                {
                    Note(thread, File.ReadAllText(thread + "/schedstat"));
                }
            }
            catch (IOException)
            {
                // The thread has ended meanwhile.
            }
        }
    }

    // schedstat begins with the nanoseconds that the thread ran.
    private void Note(string thread, string schedstat)
    {
        var ran = TimeSpan.FromMicroseconds(long.Parse(schedstat.AsSpan(0, schedstat.IndexOf(' ')), CultureInfo.InvariantCulture) / 1000.0);
        lock (_lock)
        {
            _byThread[thread] = ran;
        }
    }
}
