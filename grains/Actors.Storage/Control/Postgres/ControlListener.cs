using System.Data.Common;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Actors.Storage.Control.Postgres;

/// <summary>
/// Hears on one connection what other nodes change. Twice a second it asks the database for a sign of life on that connection:
/// only as long as that comes is what was not heard known not to have happened.
/// </summary>
internal sealed partial class ControlListener(
    string connectionString, ControlChanges changes, TimeProvider time, ILogger<ControlListener> logger) : IDisposable
{
    private const string Channel = "actors_control";
    private const int SecondsToAnswer = 2;

    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private Task _listening = Task.CompletedTask;

    /// <summary>The statement that tells the others of a change when its transaction is stored.</summary>
    public static DbCommand Notify(DbConnection connection, ControlChange change) =>
        connection.Command($"SELECT pg_notify('{Channel}', @message)", ("message", change.ToString()));

    /// <summary>Begins to hear. Call it once.</summary>
    public void Start() => _listening = Task.Run(() => RunAsync(_stopping.Token));

    /// <summary>Hears no more when it returns.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _listening;
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
                await HearAsync(
                    () =>
                    {
                        pause = FirstPause;
                        if (isLost)
                        {
                            isLost = false;
                            LogHeardAgain();
                        }
                    },
                    cancellationToken);
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
                    changes.TellMissed();
                }
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task HearAsync(Action connected, CancellationToken cancellationToken)
    {
        // Beside the pool, which would hand the connection on with what it listens to.
        var settings = PostgresConnections.Settings(connectionString);
        (settings.Pooling, settings.CommandTimeout, settings.ApplicationName) = (false, SecondsToAnswer, "actors control listener");
        await using var connection = new NpgsqlConnection(settings.ToString());
        connection.Notification += (_, e) => changes.Tell(ControlChange.Parse(e.Payload));
        await connection.OpenAsync(cancellationToken);
        await RunAsync(connection, $"LISTEN {Channel}", cancellationToken);

        // What was stored before that is not told.
        changes.TellMissed();
        connected();
        while (true)
        {
            var asked = time.GetTimestamp();
            await RunAsync(connection, "SELECT 1", cancellationToken);
            changes.HeardUntil(asked);
            await connection.WaitAsync(Pulse, cancellationToken);
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(2050, LogLevel.Warning, "Changes of other nodes are not heard: what is remembered is read again after {Seconds} s until they are.")]
    private partial void LogLost(Exception exception, double seconds);

    [LoggerMessage(2051, LogLevel.Information, "Changes of other nodes are heard again.")]
    private partial void LogHeardAgain();

    private void LogLost(Exception exception) => LogLost(exception, ControlChanges.Unheard.TotalSeconds);
}
