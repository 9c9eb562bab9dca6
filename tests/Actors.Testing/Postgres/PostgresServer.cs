using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Actors.Testing.Processes;
using Npgsql;
using Xunit;

namespace Actors.Testing.Postgres;

/// <summary>
/// A real PostgreSQL server of the system's package on a free port of loopback, with a data directory of its own, for as long
/// as its owner lives. What it has committed survives <see cref="KillAsync"/>; it does not wait for the disk, because nothing
/// here pulls the plug of the machine.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Superuser = "actors";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly ScratchDirectory _scratch = new();
    private readonly int _port = FreePort();
    private ChildProcess? _process;
    private int _databases;

    /// <summary>Where it listens beside loopback, as an address and those who may come; null: nowhere.</summary>
    public (string Address, string Range)? Network { get; init; }

    /// <summary>Where the programs of the newest installed version are.</summary>
    public static string Programs { get; } = FindPrograms();

    /// <summary>The connection string of the database that every server has.</summary>
    public string ConnectionString => ConnectionStringOf("postgres");

    private string[] Addresses => Network is { } wide ? ["127.0.0.1", wide.Address] : ["127.0.0.1"];

    private string DataDirectory => _scratch.Combine("pg");

    /// <summary>Makes the data directory and starts the server.</summary>
    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(DataDirectory);
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root, so the package's own user must own what it writes.
            await RunAsync("chown", "-R", "postgres", _scratch.Path);
        }

        await RunAsync(
            [.. AsItsUser(), Path.Combine(Programs, "initdb"), "--pgdata", DataDirectory, "--username", Superuser, "--auth", "trust",
                "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync", "--no-instructions"]);
        if (Network is { } wide)
        {
            await File.AppendAllTextAsync(Path.Combine(DataDirectory, "pg_hba.conf"), $"host all all {wide.Range} trust\n");
        }

        await StartAsync(CancellationToken.None);
    }

    /// <summary>Makes an empty database, or a copy of another one that nobody is connected to.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken, string? template = null)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync(
            template is null ? $"CREATE DATABASE {name}" : $"CREATE DATABASE {name} TEMPLATE {template}", cancellationToken);
        return ConnectionStringOf(name);
    }

    /// <summary>A database as the tools of PostgreSQL take it.</summary>
    /// <param name="connectionString">Its connection string.</param>
    public static string UrlOf(string connectionString)
    {
        var at = new NpgsqlConnectionStringBuilder(connectionString);
        return string.Create(CultureInfo.InvariantCulture, $"postgresql://{at.Username}@{at.Host}:{at.Port}/{at.Database}");
    }

    /// <summary>Runs a statement as the superuser.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
#pragma warning disable CA2100 // The statements are the tests' own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The number that a statement counts in one of its databases.</summary>
    public static async Task<long> CountAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        // Not pooled: the server may have been killed since the last look.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
#pragma warning disable CA2100 // The statements are the tests' own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Starts the server after it was stopped or killed, and waits until it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string[] command =
        [
            .. AsItsUser(), Path.Combine(Programs, "postgres"), "-D", DataDirectory, "-p", _port.ToString(CultureInfo.InvariantCulture),
            "-c", $"listen_addresses={string.Join(',', Addresses)}", "-c", $"unix_socket_directories={DataDirectory}", "-c", "fsync=off",
            "-c", "max_connections=200", "-c", "shared_buffers=64MB", "-c", "log_min_messages=fatal",
        ];
        var process = ChildProcess.Start(command[0], command[1..], _scratch.Path, new Dictionary<string, string?>());
        _process = process;
        await Eventually.GetAsync(
            "PostgreSQL", StartLimit, () => AnswersAsync(process, cancellationToken), answers => answers, cancellationToken);
    }

    /// <summary>Ends the server: open connections break, and what was not committed is gone.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            process.Send(Signal.Quit);
            await process.WaitForExitAsync(StartLimit, CancellationToken.None);
        }
    }

    /// <summary>Ends the server and all its children with SIGKILL.</summary>
    public Task KillAsync() => _process?.KillAsync() ?? Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_process is { } process)
        {
            process.Send(Signal.Interrupt);
            await process.WaitForExitAsync(StartLimit, CancellationToken.None);
            await process.DisposeAsync();
        }

        _scratch.Dispose();
    }

    private static async Task RunAsync(params string[] command)
    {
        await using var process = ChildProcess.Start(command[0], command[1..], "/", new Dictionary<string, string?>());
        if (await process.WaitForExitAsync(StartLimit, CancellationToken.None) is var code and not 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {code}.\n{process.Transcript}");
        }
    }

    private static string[] AsItsUser() =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] : [];

    private static string FindPrograms()
    {
        const string Installed = "/usr/lib/postgresql";
        var newest = Directory.Exists(Installed)
            ? Directory.GetDirectories(Installed)
                .Where(d => File.Exists(Path.Combine(d, "bin", "initdb")))
                .MaxBy(d => double.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var version) ? version : 0)
            : null;
        return newest is null
            ? throw new InvalidOperationException("PostgreSQL is not installed: the package 'postgresql' of the system has it.")
            : Path.Combine(newest, "bin");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> AnswersAsync(ChildProcess process, CancellationToken cancellationToken)
    {
        if (process.HasExited)
        {
            throw new InvalidOperationException($"PostgreSQL ended with {process.ExitCode}.\n{process.Transcript}");
        }

        try
        {
            await ExecuteAsync("SELECT 1", cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private string ConnectionStringOf(string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = Addresses[^1], Port = _port, Database = database, Username = Superuser, Timeout = 5,
        }.ToString();
}
