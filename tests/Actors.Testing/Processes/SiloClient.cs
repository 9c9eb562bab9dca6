using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Actors.Testing.Processes;

/// <summary>Speaks the public API over real HTTP and hides nothing of what comes back.</summary>
public sealed class SiloClient : IDisposable
{
    /// <summary>Where events are sent.</summary>
    public const string Ingestion = "/api/public/ingestion";

    private readonly HttpClient _http;

    /// <summary>Makes a client; without keys it is anonymous.</summary>
    public SiloClient(Uri address, ProjectKeys? keys)
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(60),
        };
        _http.DefaultRequestHeaders.Authorization = keys?.Authorization;
    }

    /// <summary>The client underneath.</summary>
    public HttpClient Http => _http;

    /// <summary>Sends events.</summary>
    public Task<Answer> PostBatchAsync(JsonArray batch, CancellationToken cancellationToken = default) =>
        PostAsync(Ingestion, Encoding.UTF8.GetBytes(new JsonObject { ["batch"] = batch }.ToJsonString()), cancellationToken: cancellationToken);

    /// <summary>Sends bytes as they are.</summary>
    public async Task<Answer> PostAsync(
        string path,
        ReadOnlyMemory<byte> body,
        string contentType = "application/json",
        string? encoding = null,
        CancellationToken cancellationToken = default)
    {
        using var content = new ReadOnlyMemoryContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (encoding is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        }

        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken);
        return await Answer.ReadAsync(response, cancellationToken);
    }

    /// <summary>Deletes; with a body where the path alone does not say what.</summary>
    public async Task<Answer> DeleteAsync(string path, JsonNode? body = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri(path, UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request, cancellationToken);
        return await Answer.ReadAsync(response, cancellationToken);
    }

    /// <summary>Reads.</summary>
    public async Task<Answer> GetAsync(string path, CancellationToken cancellationToken = default)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return await Answer.ReadAsync(response, cancellationToken);
    }

    /// <summary>Waits until the server says that it is ready.</summary>
    internal async Task WaitUntilReadyAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        await Eventually.GetAsync(
            "the server's readiness",
            limit,
            () => GetAsync("/api/public/ready", cancellationToken),
            answer => answer.Status == HttpStatusCode.OK,
            cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}

/// <summary>What a server answered.</summary>
/// <param name="Status">The status.</param>
/// <param name="Text">The body.</param>
public sealed record Answer(HttpStatusCode Status, string Text)
{
    /// <summary>The status as a number.</summary>
    public int Code => (int)Status;

    /// <summary>The body as JSON.</summary>
    public JsonNode Json
    {
        get
        {
            try
            {
                return JsonNode.Parse(Text) ?? throw new InvalidOperationException($"The server answered {Code} with null.");
            }
            catch (JsonException)
            {
                throw new InvalidOperationException($"The server answered {Code} and no JSON: {Text}");
            }
        }
    }

    /// <summary>The ids of the events that a batch's answer says are stored.</summary>
    public IReadOnlyList<string> Successes => [.. Json["successes"]!.AsArray().Select(s => (string)s!["id"]!)];

    /// <summary>The errors that a batch's answer lists: event id and status.</summary>
    public IReadOnlyList<(string Id, int Status)> Errors =>
        [.. Json["errors"]!.AsArray().Select(e => ((string)e!["id"]!, (int)e["status"]!))];

    /// <inheritdoc/>
    public override string ToString() => $"{Code} {(Text.Length > 2000 ? Text[..2000] + "…" : Text)}";

    internal static async Task<Answer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
}
