using System.Net.ServerSentEvents;
using System.Text.Json;
using Actors.Contracts;

namespace Actors.Web.Tests.Hubs;

/// <summary>Reads a stream of server-sent events.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpResponseMessage _response;
    private readonly Stream _stream;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private EventReader(HttpResponseMessage response, Stream stream)
    {
        _response = response;
        _stream = stream;
        _events = SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator();
    }

    public HttpResponseMessage Response => _response;

    public static async Task<EventReader> OpenAsync(ApiServer server, string path, string? lastId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/public/actors/live" + path, UriKind.Relative));
        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return new EventReader(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The next message and its id; null: the stream has ended.</summary>
    public async Task<(string? Id, LiveMessage Message)?> NextAsync() =>
        await _events.MoveNextAsync().AsTask().WaitAsync(Patience, TimeProvider.System)
            ? (_events.Current.EventId, JsonSerializer.Deserialize(_events.Current.Data, ContractsJsonContext.Default.LiveMessage)!)
            : null;

    public async ValueTask DisposeAsync()
    {
        _response.Dispose();
        await _stream.DisposeAsync();
    }
}
