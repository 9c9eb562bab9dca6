using System.Net;
using System.Text.Json.Nodes;

namespace Actors.Web.Tests;

/// <summary>Does with files what SDKs do. Signed URLs are used without keys.</summary>
internal sealed class MediaClient(ApiServer server) : IDisposable
{
    public const string Path = "/api/public/media";
    public const string Uploaded = """{"uploadedAt":"2026-01-05T10:00:00.000Z","uploadHttpStatus":200,"uploadTimeMs":5}""";

    private readonly HttpClient _stranger = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Announces a file.</summary>
    /// <returns>Where to upload it; null: it is there.</returns>
    public async Task<string?> AnnounceAsync(MediaFile file, string type = "text/plain", long? length = null)
    {
        var (status, body) = await server.PostJsonAsync(Path, file.Announce(type, length));
        Assert.True(status == HttpStatusCode.Created, body);
        var answer = JsonNode.Parse(body)!.AsObject();
        Assert.Equal(["mediaId", "uploadUrl"], answer.Select(p => p.Key).Order());
        Assert.Equal(file.Id, (string)answer["mediaId"]!);
        return (string?)answer["uploadUrl"];
    }

    public async Task<(HttpStatusCode Status, string Body)> PutAsync(string url, byte[] bytes, bool isChunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = new ByteArrayContent(bytes) };
        request.Headers.TransferEncodingChunked = isChunked;
        using var response = await _stranger.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task ReportAsync(string id, string report = Uploaded) =>
        Assert.Equal((HttpStatusCode.OK, ""), await server.SendAsync(HttpMethod.Patch, $"{Path}/{id}", report));

    /// <summary>Announces, uploads and reports a file.</summary>
    /// <returns>What the API says about it then.</returns>
    public async Task<JsonNode> UploadAsync(MediaFile file, string type = "text/plain")
    {
        Assert.Equal((HttpStatusCode.OK, ""), await PutAsync((await AnnounceAsync(file, type))!, file.Bytes));
        await ReportAsync(file.Id);
        return await GetAsync(file.Id);
    }

    public async Task<JsonNode> GetAsync(string id)
    {
        var (status, body) = await server.GetAsync($"{Path}/{id}");
        Assert.True(status == HttpStatusCode.OK, body);
        return JsonNode.Parse(body)!;
    }

    public Task<HttpResponseMessage> DownloadAsync(string url, HttpMethod? method = null, string? range = null, string? knownTag = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, url);
        if (range is not null)
        {
            request.Headers.Add("Range", range);
        }

        if (knownTag is not null)
        {
            request.Headers.Add("If-None-Match", knownTag);
        }

        return _stranger.SendAsync(request);
    }

    public void Dispose() => _stranger.Dispose();
}
