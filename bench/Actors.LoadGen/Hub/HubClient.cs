using System.Net.WebSockets;
using System.Text;

namespace Actors.LoadGen.Hub;

/// <summary>
/// A client of the live hub that only counts: it speaks SignalR's JSON protocol and reads no message, so that a thousand of them
/// leave the machine to the server.
/// </summary>
internal sealed class HubClient : IAsyncDisposable
{
    private const byte Separator = 0x1e;
    private const string Handshake = """{"protocol":"json","version":1}""";

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _ending = new();
    private Task _reading = Task.CompletedTask;
    private long _bytes;
    private long _messages;

    /// <summary>Bytes that came.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Messages that came.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>Connects and subscribes.</summary>
    /// <param name="server">Where the server is.</param>
    /// <param name="authorization">The value of the header.</param>
    /// <param name="subscriptions">The argument of each subscription, as JSON.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<HubClient> ConnectAsync(
        Uri server, string authorization, IReadOnlyList<string> subscriptions, CancellationToken cancellationToken)
    {
        var client = new HubClient();
        client._socket.Options.SetRequestHeader("Authorization", authorization);
        await client._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/hubs/live" }.Uri, cancellationToken);
        await client.SendAsync(Handshake, cancellationToken);
        for (var i = 0; i < subscriptions.Count; i++)
        {
            await client.SendAsync($$"""{"type":4,"invocationId":"{{i}}","target":"Watch","arguments":[{{subscriptions[i]}}]}""", cancellationToken);
        }

        client._reading = client.ReadAsync();
        return client;
    }

    /// <summary>Says that it is alive, as the protocol wants it every now and then.</summary>
    public Task PingAsync(CancellationToken cancellationToken) => SendAsync("""{"type":6}""", cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _ending.Dispose();
    }

    private Task SendAsync(string json, CancellationToken cancellationToken) => _socket.SendAsync(
        Encoding.UTF8.GetBytes(json + (char)Separator), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    private async Task ReadAsync()
    {
        var buffer = new byte[16 << 10];
        while (true)
        {
            var received = await _socket.ReceiveAsync(buffer.AsMemory(), _ending.Token);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            Interlocked.Add(ref _bytes, received.Count);
            Interlocked.Add(ref _messages, buffer.AsSpan(0, received.Count).Count(Separator));
        }
    }
}
