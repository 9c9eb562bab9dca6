using Microsoft.Extensions.Logging;
using Npgsql;

namespace Actors.Storage.Postgres;

/// <summary>
/// Hears on one connection what other nodes say through the database. Twice a second it asks for a sign of life on that
/// connection: only as long as that comes is what was not heard known not to have been said. Safe for concurrent use.
/// </summary>
/// <param name="connectionString">The database.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class NodeListener(string connectionString, TimeProvider time, ILogger<NodeListener> logger) : IDisposable
{
    /// <summary>Under this name the database lists the connection.</summary>
    public const string ApplicationName = "actors listener";

    private const int SecondsToConnect = 5;
    private const int SecondsToAnswer = 2;

    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, NodeChannel> _channels = [];
    private readonly CancellationTokenSource _stopping = new();
    private Task? _listening;

    /// <summary>Adds a channel, before anybody starts the listener.</summary>
    public void Subscribe(NodeChannel channel)
    {
        lock (_gate)
        {
            if (_listening is not null)
            {
                throw new InvalidOperationException($"The listener runs already, without the channel '{channel.Name}'.");
            }

            _channels.Add(channel.Name, channel);
        }
    }

    /// <summary>Begins to hear, unless it has begun before.</summary>
    public void Start()
    {
        lock (_gate)
        {
            _listening ??= Task.Run(() => RunAsync(_stopping.Token));
        }
    }

    /// <summary>Hears no more when it returns, and is not started again.</summary>
    public async Task StopAsync()
    {
        Task listening;
        lock (_gate)
        {
            listening = _listening ??= Task.CompletedTask;
        }

        await _stopping.CancelAsync();
        await listening;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        var isLost = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await ConnectAsync(cancellationToken);
                pause = FirstPause;
                if (isLost)
                {
                    isLost = false;
                    LogHeardAgain();
                }

                await HearAsync(connection, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (!isLost)
                {
                    isLost = true;
                    LogLost(e);
                    ForAll(channel => channel.Lost());
                }
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        // Beside the pools, which would hand the connection on with what it listens to.
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            Enlist = false,
            Timeout = SecondsToConnect,
            CommandTimeout = SecondsToAnswer,
            ApplicationName = ApplicationName,
        };
        var connection = new NpgsqlConnection(settings.ToString());
        try
        {
            connection.Notification += (_, e) => Heard(e.Channel, e.Payload);
            await connection.OpenAsync(cancellationToken);
            await RunAsync(connection, string.Join("; ", _channels.Keys.Select(name => $"LISTEN {name}")), cancellationToken);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        ForAll(channel => channel.Connected());
        return connection;
    }

    private async Task HearAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        while (true)
        {
            var asked = time.GetTimestamp();
            await RunAsync(connection, "SELECT 1", cancellationToken);
            ForAll(channel => channel.HeardUntil(asked));
            for (var left = Pulse; left > TimeSpan.FromMilliseconds(1); left = Pulse - time.GetElapsedTime(asked))
            {
                await connection.WaitAsync(left, cancellationToken);
            }
        }
    }

    private void Heard(string name, string message)
    {
        if (_channels.TryGetValue(name, out var channel))
        {
            channel.Heard(message);
        }
    }

    private void ForAll(Action<NodeChannel> tell)
    {
        foreach (var channel in _channels.Values)
        {
            tell(channel);
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // The names of channels are constants.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
