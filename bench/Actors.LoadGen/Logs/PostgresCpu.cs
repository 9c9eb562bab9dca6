using System.Globalization;
using Npgsql;

namespace Actors.LoadGen.Logs;

/// <summary>The CPU time of a PostgreSQL server on this machine, with all its processes, those that have ended too.</summary>
internal sealed class PostgresCpu
{
    private const double TicksPerSecond = 100;

    // Of proc(5), «stat», counted behind the name.
    private const int Parent = 1;
    private const int UserTime = 11;
    private const int SystemTime = 12;
    private const int EndedUserTime = 13;
    private const int EndedSystemTime = 14;

    private readonly int _server;

    private PostgresCpu(int server) => _server = server;

    /// <summary>Finds the server behind a connection string.</summary>
    public static async Task<PostgresCpu> FindAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        var session = (int)(await command.ExecuteScalarAsync())!;
        return TryFields(session) is { } fields
            ? new PostgresCpu((int)fields[Parent])
            : throw new InvalidOperationException("The server does not run on this machine, so its CPU time cannot be read.");
    }

    /// <summary>User and system time since its start.</summary>
    public TimeSpan Total()
    {
        var ticks = 0.0;
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && TryFields(id) is { } fields && (id == _server || fields[Parent] == _server))
            {
                ticks += fields[UserTime] + fields[SystemTime] + (id == _server ? fields[EndedUserTime] + fields[EndedSystemTime] : 0);
            }
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    private static double[]? TryFields(int process)
    {
        string stat;
        try
        {
            stat = File.ReadAllText($"/proc/{process}/stat");
        }
        catch (IOException)
        {
            return null;
        }

        var name = stat[..(stat.LastIndexOf(')') + 1)];
        return name.EndsWith("(postgres)", StringComparison.Ordinal)
            ? [.. stat[(name.Length + 1)..].Split(' ').Take(EndedSystemTime + 1).Select(f => double.TryParse(f, CultureInfo.InvariantCulture, out var number) ? number : 0)]
            : null;
    }
}
