using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Actors.LoadGen.Viewers;

/// <summary>
/// A viewer without a browser: it opens a page, has its circuit started as the script of the page would, acknowledges every
/// render batch and answers every call of a script, and draws nothing. To the server it costs what a browser costs.
/// </summary>
internal sealed class CircuitClient : IAsyncDisposable
{
    private const string Handshake = "{\"protocol\":\"blazorpack\",\"version\":1}\u001e";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpMessageInvoker _connector;
    private readonly List<byte> _buffer = [];
    private CountingStream? _wire;
    private Task _reading = Task.CompletedTask;
    private ServedPage _page = null!;
    private long _batches;
    private long _calls;
    private long _objects;

    private CircuitClient() => _connector = new HttpMessageInvoker(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return _wire = new CountingStream(new NetworkStream(socket, ownsSocket: true));
        },
    });

    /// <summary>Bytes that came, as they were on the wire.</summary>
    public long Bytes => _wire?.Received ?? 0;

    /// <summary>Render batches that came.</summary>
    public long Batches => Interlocked.Read(ref _batches);

    /// <summary>Calls of scripts that came.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>Opens a page and waits for the first batch of its circuit.</summary>
    /// <exception cref="InvalidOperationException">The circuit does not start, or has ended.</exception>
    public static async Task<CircuitClient> OpenAsync(Uri page, CancellationToken cancellationToken)
    {
        var client = new CircuitClient();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        client._page = ServedPage.Parse(await http.GetStringAsync(page, cancellationToken));
        client._socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        await client._socket.ConnectAsync(new UriBuilder(page) { Scheme = "ws", Path = "/_blazor", Query = "" }.Uri, client._connector, cancellationToken);
        await client._socket.SendAsync(Encoding.UTF8.GetBytes(Handshake), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        client._reading = Task.Run(client.ReadAsync, CancellationToken.None);
        await client.InvokeAsync("StartCircuit", "start", new Uri(page, "/").ToString(), page.ToString(), "[]", client._page.State);
        await client._first.Task.WaitAsync(Patience, TimeProvider.System, cancellationToken);
        return client;
    }

    /// <summary>Says that it is alive, as the protocol wants it every now and then.</summary>
    public Task PingAsync() => SendAsync([6L]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _connector.Dispose();
        _sending.Dispose();
        _ending.Dispose();
    }

    private Task InvokeAsync(string method, string? id, params object?[] arguments) => SendAsync([1L, null, id, method, arguments, Array.Empty<object?>()]);

    private async Task SendAsync(object?[] message)
    {
        // The headers are a map, which is never null.
        var body = new List<byte>();
        MessagePack.Write(body, message);
        if (message.Length > 1)
        {
            body[body.IndexOf(0xc0)] = 0x80;
        }

        var frame = new List<byte>();
        for (var length = body.Count; ; length >>= 7)
        {
            frame.Add((byte)(length > 0x7f ? length | 0x80 : length));
            if (length <= 0x7f)
            {
                break;
            }
        }

        frame.AddRange(body);
        await _sending.WaitAsync(_ending.Token);
        try
        {
            await _socket.SendAsync(frame.ToArray(), WebSocketMessageType.Binary, endOfMessage: true, _ending.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var chunk = new byte[64 << 10];
            var isOpen = false;
            while (true)
            {
                var received = await _socket.ReceiveAsync(chunk.AsMemory(), _ending.Token);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    throw new InvalidOperationException("The server has closed the circuit.");
                }

                _buffer.AddRange(chunk.AsSpan(0, received.Count));
                if (!isOpen)
                {
                    var end = _buffer.IndexOf(0x1e);
                    if (end < 0)
                    {
                        continue;
                    }

                    _buffer.RemoveRange(0, end + 1);
                    isOpen = true;
                }

                while (TryTakeMessage() is { } message)
                {
                    await HandleAsync(message);
                }
            }
        }
        catch (Exception e)
        {
            _first.TrySetException(e);
            throw;
        }
    }

    private object?[]? TryTakeMessage()
    {
        var (length, prefix) = (0, 0);
        while (true)
        {
            if (prefix == _buffer.Count)
            {
                return null;
            }

            var part = _buffer[prefix];
            length |= (part & 0x7f) << (7 * prefix++);
            if (part < 0x80)
            {
                break;
            }
        }

        if (_buffer.Count < prefix + length)
        {
            return null;
        }

        ReadOnlySpan<byte> body = _buffer.GetRange(prefix, length).ToArray();
        _buffer.RemoveRange(0, prefix + length);
        return (object?[]?)MessagePack.Read(ref body);
    }

    private async Task HandleAsync(object?[] message)
    {
        switch (message)
        {
            case [3L, _, "start", 3L, string, ..]:
                await InvokeAsync("UpdateRootComponents", id: null, _page.Operations, _page.State);
                break;
            case [3L, _, var id, 1L, var error, ..]:
                throw new InvalidOperationException($"{id} failed: {error}");
            case [1L, _, _, "JS.RenderBatch", object?[] batch, ..]:
                Interlocked.Increment(ref _batches);
                _first.TrySetResult();
                await InvokeAsync("OnRenderCompleted", id: null, batch[0], null);
                break;
            case [1L, _, _, "JS.BeginInvokeJS", object?[] call, ..]:
                Interlocked.Increment(ref _calls);
                await AnswerAsync(call);
                break;
            case [1L, _, _, "JS.Error", object?[] error, ..]:
                throw new InvalidOperationException($"The circuit has failed: {error[0]}");
        }
    }

    private async Task AnswerAsync(object?[] call)
    {
        // One text with all of it, or its parts.
        var (handle, result) = call is [string text, ..]
            ? JsonDocument.Parse(text).RootElement is var info ? (Number(info, "asyncHandle"), Number(info, "resultType")) : default
            : ((long)call[0]!, (long)call[3]!);
        if (handle == 0)
        {
            return;
        }

        // A script is asked for objects, a text, or nothing; the text is the time zone.
        var answer = result switch
        {
            1 => $"{{\"__jsObjectId\":{Interlocked.Increment(ref _objects)}}}",
            0 => "\"UTC\"",
            _ => "null",
        };
        await InvokeAsync("EndInvokeJSFromDotNet", id: null, handle, true, $"[{handle},true,{answer}]");
    }

    private static long Number(JsonElement info, string name)
    {
        foreach (var property in info.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return property.Value.GetInt64();
            }
        }

        throw new FormatException($"A call of a script has no {name}.");
    }
}
