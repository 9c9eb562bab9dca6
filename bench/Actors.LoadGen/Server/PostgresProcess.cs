using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Actors.LoadGen.Server;

/// <summary>
/// A PostgreSQL server of the system's package on a free port of loopback, with a data directory of its own, which it waits for
/// as it does in earnest: <c>fsync</c> and <c>synchronous_commit</c> are on. Its output goes to <c>postgres.log</c>.
/// </summary>
internal sealed class PostgresProcess : IAsyncDisposable
{
    private const string Superuser = "actors";
    private const string Installed = "/usr/lib/postgresql";
    private const int MostConnections = 300;

    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly int _port;

    private PostgresProcess(Process process, int port) => (_process, _port) = (process, port);

    /// <summary>What it calls itself.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Makes a data directory under <paramref name="directory"/> and starts the server.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or does not start.</exception>
    public static async Task<PostgresProcess> StartAsync(string directory, CancellationToken cancellationToken)
    {
        var (programs, data, port) = (FindPrograms(), Path.Combine(directory, "pg"), Loopback.FreePort());
        Directory.CreateDirectory(data);
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root, so the package's own user must own what it writes, and reach it.
            await RunAsync("chmod", "711", directory);
            await RunAsync("chown", "postgres", data);
        }

        var log = Path.Combine(directory, "postgres.log");
        await RunAsync([.. AsItsUser(), Path.Combine(programs, "initdb"), "--pgdata", data, "--username", Superuser, "--auth", "trust",
            "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-instructions"]);
        var process = Start(log, [.. AsItsUser(), Path.Combine(programs, "postgres"), "-D", data, "-p", Text(port),
            "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={data}", "-c", "fsync=on", "-c", "synchronous_commit=on",
            "-c", $"max_connections={Text(MostConnections)}"]);
        var server = new PostgresProcess(process, port);
        try
        {
            server.Version = await server.WaitForAnswerAsync(log, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken cancellationToken)
    {
        await AskAsync<object>(ConnectionString("postgres"), $"CREATE DATABASE {name}", cancellationToken);
        return ConnectionString(name);
    }

    /// <summary>What all its processes, those that have ended included, took and hold.</summary>
    public ProcessSample Sample() => ProcessSample.ReadFamily(_process.Id);

    /// <summary>Connections of clients to a database.</summary>
    public static Task<long> CountConnectionsAsync(string database, CancellationToken cancellationToken) => AskAsync<long>(
        database,
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()",
        cancellationToken);

    /// <summary>The bytes that the log takes in a database, with indexes and long values.</summary>
    public static Task<long> MeasureLogAsync(string database, CancellationToken cancellationToken) => AskAsync<long>(
        database,
        "SELECT sum(pg_total_relation_size(c.oid))::bigint FROM pg_class c WHERE c.relnamespace = 'log'::regnamespace AND c.relkind = 'r'",
        cancellationToken);

    /// <summary>The bytes that the server has written ahead so far.</summary>
    public Task<long> MeasureWriteAheadAsync(CancellationToken cancellationToken) =>
        AskAsync<long>(ConnectionString("postgres"), "SELECT (pg_current_wal_lsn() - '0/0')::bigint", cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (!_process.HasExited)
        {
            _ = Signal.Send(_process.Id, Signal.Interrupt);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private static async Task<T?> AskAsync<T>(string database, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancellationToken);
#pragma warning disable CA2100 // The statements are the loader's own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return (T?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private async Task<string> WaitForAnswerAsync(string log, CancellationToken cancellationToken)
    {
        var started = Time.GetTimestamp();
        while (Time.GetElapsedTime(started) < StartTimeout && !_process.HasExited)
        {
            try
            {
                return await AskAsync<string>(ConnectionString("postgres"), "SHOW server_version", cancellationToken) ?? "";
            }
            catch (NpgsqlException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), Time, cancellationToken);
            }
        }

        throw new InvalidOperationException($"PostgreSQL does not answer; see {log}.");
    }

    private static async Task RunAsync(params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, WorkingDirectory = "/" };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} does not start.");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}: {output}");
        }
    }

    private static Process Start(string log, string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, WorkingDirectory = "/" };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} does not start.");
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                File.AppendAllText(log, text + "\n");
            }
        };
        process.BeginErrorReadLine();
        return process;
    }

    private static string FindPrograms()
    {
        var newest = Directory.Exists(Installed)
            ? Directory.GetDirectories(Installed)
                .Where(d => File.Exists(Path.Combine(d, "bin", "initdb")))
                .MaxBy(d => double.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var version) ? version : 0)
            : null;
        return newest is null
            ? throw new InvalidOperationException("PostgreSQL is not installed: the package 'postgresql' of the system has it.")
            : Path.Combine(newest, "bin");
    }

    private static string[] AsItsUser() =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] : [];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = _port, Database = database, Username = Superuser, Timeout = 5 }.ToString();
}
