using Actors.Contracts;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Actors.Web.Tests.Hubs;

/// <summary>A hub client as others write it, and what it was told.</summary>
internal static class LiveClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Connects with the key of the HTTP client, or with a token.</summary>
    public static async Task<HubConnection> ConnectAsync(
        this ApiServer server, string? token = null, HttpTransportType transport = HttpTransportType.WebSockets, string query = "")
    {
        var hub = server.HubOf(token, transport, query);
        await hub.StartAsync(TestContext.Current.CancellationToken);
        return hub;
    }

    public static HubConnection HubOf(
        this ApiServer server, string? token = null, HttpTransportType transport = HttpTransportType.WebSockets, string query = "") =>
        new HubConnectionBuilder()
            .WithUrl(new Uri(server.Client.BaseAddress!, "/hubs/live" + query), options =>
            {
                options.Transports = transport;
                if (token is not null)
                {
                    options.AccessTokenProvider = () => Task.FromResult<string?>(token);
                }
                else if (server.Client.DefaultRequestHeaders.Authorization is { } header)
                {
                    options.Headers["Authorization"] = header.ToString();
                }
            })
            .Build();

    public static LiveReader Watch(this HubConnection hub, LiveSubscribe? subscribe = null) => Read(hub, "Watch", subscribe);

    public static LiveReader Read(this HubConnection hub, string method, object? argument)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        return new LiveReader(hub.StreamAsyncCore<LiveMessage>(method, [argument], stop.Token).GetAsyncEnumerator(stop.Token), stop);
    }

    /// <summary>One subscription, read message by message.</summary>
    internal sealed class LiveReader(IAsyncEnumerator<LiveMessage> messages, CancellationTokenSource stop) : IAsyncDisposable
    {
        public async Task<T> NextAsync<T>()
            where T : LiveMessage
        {
            Assert.True(await messages.MoveNextAsync().AsTask().WaitAsync(Patience, TimeProvider.System), $"The stream ended before a {typeof(T).Name} came.");
            return Assert.IsType<T>(messages.Current);
        }

        /// <summary>Reads until a message is what is awaited.</summary>
        public async Task<LiveMessage> UntilAsync(Func<LiveMessage, bool> condition)
        {
            do
            {
                Assert.True(await messages.MoveNextAsync().AsTask().WaitAsync(Patience, TimeProvider.System), "The stream ended too early.");
            }
            while (!condition(messages.Current));
            return messages.Current;
        }

        /// <summary>Why the stream ends: the next message says so, and nothing follows it.</summary>
        public async Task<string> RefusalAsync()
        {
            var end = await NextAsync<LiveEndMessage>();
            Assert.False(await messages.MoveNextAsync().AsTask().WaitAsync(Patience, TimeProvider.System), "A message followed the last one.");
            return $"{end.Code}: {end.Message}";
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            try
            {
                await messages.DisposeAsync();
            }
            catch (OperationCanceledException)
            {
                // That is how a client leaves.
            }

            stop.Dispose();
        }
    }
}
