using System.Net;

namespace Actors.Web.Tests;

/// <summary>Files are announced, reported and found (langfuse-api §14).</summary>
public sealed class MediaEndpointTests(StoredApi stored) : IClassFixture<StoredApi>, IDisposable
{
    private const string Hash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    private const string Rest = $$"""
        "contentType":"image/png","contentLength":1,"sha256Hash":"{{Hash}}"
        """;

    private readonly MediaClient _media = new(stored.Server);

    public void Dispose() => _media.Dispose();

    [Fact]
    public async Task A_file_is_announced_uploaded_reported_and_found()
    {
        var file = MediaFile.New();
        var url = await _media.AnnounceAsync(file, "application/pdf");
        Assert.StartsWith($"{stored.Server.Client.BaseAddress}api/public/media/upload/", url, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, ""), await _media.PutAsync(url!, file.Bytes));
        await AssertNotFoundAsync(file.Id, "Media not yet uploaded");

        await _media.ReportAsync(file.Id);

        var found = await _media.GetAsync(file.Id);
        Json.AssertEqual(
            $$"""
            {"mediaId":"{{file.Id}}","contentType":"application/pdf","contentLength":{{file.Bytes.Length}},"uploadedAt":"2026-01-05T10:00:00.000Z",
             "url":"{{found["url"]}}","urlExpiry":"{{found["urlExpiry"]}}"}
            """,
            found.ToJsonString());
        Assert.True((DateTimeOffset)found["urlExpiry"]! > TimeProvider.System.GetUtcNow());
        using var download = await _media.DownloadAsync((string)found["url"]!);
        Assert.Equal(file.Bytes, await download.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_is_there_need_not_be_uploaded_again()
    {
        var file = MediaFile.New();
        await _media.UploadAsync(file);

        Assert.Null(await _media.AnnounceAsync(file));
        Assert.NotNull(await _media.AnnounceAsync(file, "text/csv"));
    }

    [Fact]
    public async Task A_report_is_believed()
    {
        var file = MediaFile.New();
        await _media.AnnounceAsync(file);
        await _media.ReportAsync(file.Id);

        using var download = await _media.DownloadAsync((string)(await _media.GetAsync(file.Id))["url"]!);

        Assert.Equal(HttpStatusCode.NotFound, download.StatusCode);
        Json.AssertEqual(
            """{"message":"The file was not uploaded","error":"LangfuseNotFoundError"}""",
            await download.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.NotNull(await _media.AnnounceAsync(file));
    }

    [Fact]
    public async Task A_failed_upload_is_not_found_until_it_succeeds()
    {
        var file = MediaFile.New();
        await _media.AnnounceAsync(file);
        await _media.ReportAsync(file.Id, """{"uploadedAt":"2026-01-05T10:00:00Z","uploadHttpStatus":503,"uploadHttpError":"busy"}""");
        await AssertNotFoundAsync(file.Id, "Media upload failed with status 503");

        await _media.ReportAsync(file.Id, """{"uploadedAt":"2026-01-05T10:00:01Z","uploadHttpStatus":201}""");

        Assert.Equal("2026-01-05T10:00:01.000Z", (string)(await _media.GetAsync(file.Id))["uploadedAt"]!);
    }

    [Fact]
    public async Task Another_project_sees_nothing_of_a_file()
    {
        var file = MediaFile.New();
        await _media.UploadAsync(file);

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Patch })
        {
            using var request = new HttpRequestMessage(method, new Uri($"{MediaClient.Path}/{file.Id}", UriKind.Relative));
            request.Headers.Authorization = ApiServer.Basic("pk-lf-2", "sk-lf-2");
            request.Content = method == HttpMethod.Patch ? new StringContent(MediaClient.Uploaded) : null;
            using var foreign = await stored.Server.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        }

        using var announce = new HttpRequestMessage(HttpMethod.Post, new Uri(MediaClient.Path, UriKind.Relative));
        announce.Headers.Authorization = ApiServer.Basic("pk-lf-2", "sk-lf-2");
        announce.Content = new StringContent(file.Announce());
        using var announced = await stored.Server.Client.SendAsync(announce, TestContext.Current.CancellationToken);
        Assert.Contains("/upload/", await announced.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("..%2F..%2Fcontrol.db")]
    [InlineData("..%5C..%5Ccontrol.db")]
    public async Task An_id_is_never_a_path(string id)
    {
        await AssertNotFoundAsync(id, "Media asset not found");
        var (status, body) = await stored.Server.SendAsync(HttpMethod.Patch, $"{MediaClient.Path}/{id}", MediaClient.Uploaded);
        Assert.Equal(HttpStatusCode.NotFound, status);
        Json.AssertEqual("""{"message":"Media asset not found","error":"LangfuseNotFoundError"}""", body);
    }

    [Theory]
    [InlineData($$"""{"field":"input",{{Rest}}}""", "invalid_type", "traceId", "Invalid input: expected string, received undefined")]
    [InlineData($$"""{"traceId":"","field":"input",{{Rest}}}""", "too_small", "traceId", "Too small: expected string to have >=1 characters")]
    [InlineData($$"""{"traceId":"t","observationId":1,"field":"input",{{Rest}}}""", "invalid_type", "observationId", "Invalid input: expected string, received number")]
    [InlineData($$"""{"traceId":"t",{{Rest}}}""", "invalid_type", "field", "Invalid input: expected string, received undefined")]
    [InlineData($$"""{"traceId":"t","field":"expectedOutput",{{Rest}}}""", "invalid_value", "field", "Invalid option: expected one of input, output, metadata")]
    [InlineData($$"""{"datasetId":"d","datasetItemId":"i","field":"output",{{Rest}}}""", "invalid_value", "field", "Invalid option: expected one of input, expectedOutput, metadata")]
    [InlineData($$"""{"datasetId":"d","field":"input",{{Rest}}}""", "invalid_type", "datasetItemId", "Invalid input: expected string, received undefined")]
    [InlineData($$"""{"datasetItemId":"i","field":"input",{{Rest}}}""", "invalid_type", "datasetId", "Invalid input: expected string, received undefined")]
    [InlineData($$"""{"traceId":"t","field":"input","contentType":"image/none","contentLength":1,"sha256Hash":"{{Hash}}"}""", "invalid_value", "contentType", "Invalid option: this MIME type is not taken")]
    [InlineData($$"""{"traceId":"t","field":"input","contentType":"image/png","contentLength":0,"sha256Hash":"{{Hash}}"}""", "too_small", "contentLength", "Too small: expected number to be >=1")]
    [InlineData($$"""{"traceId":"t","field":"input","contentType":"image/png","contentLength":1000000001,"sha256Hash":"{{Hash}}"}""", "too_big", "contentLength", "Too big: expected number to be <=1000000000")]
    [InlineData($$"""{"traceId":"t","field":"input","contentType":"image/png","contentLength":1.5,"sha256Hash":"{{Hash}}"}""", "invalid_type", "contentLength", "Invalid input: expected int, received number")]
    [InlineData("""{"traceId":"t","field":"input","contentType":"image/png","contentLength":1,"sha256Hash":"abc"}""", "invalid_format", "sha256Hash", "Invalid string: must match a SHA-256 in base64, 44 characters")]
    public async Task A_wrong_announcement_names_the_field(string json, string code, string field, string message)
    {
        var (status, body) = await stored.Server.PostJsonAsync(MediaClient.Path, json);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Json.AssertEqual(
            $$"""{"message":"Invalid request data","error":[{"code":"{{code}}","path":["{{field}}"],"message":"{{message}}"}]}""", body);
    }

    [Theory]
    [InlineData("""{"uploadHttpStatus":200}""", "invalid_type", "uploadedAt", "Invalid input: expected string, received undefined")]
    [InlineData("""{"uploadedAt":"2026-01-05T10:00:00Z"}""", "invalid_type", "uploadHttpStatus", "Invalid input: expected number, received undefined")]
    [InlineData("""{"uploadedAt":"2026-01-05T10:00:00Z","uploadHttpStatus":1000}""", "too_big", "uploadHttpStatus", "Too big: expected number to be <=999")]
    [InlineData("""{"uploadedAt":"2026-01-05T10:00:00Z","uploadHttpStatus":200,"uploadTimeMs":-1}""", "too_small", "uploadTimeMs", "Too small: expected number to be >=0")]
    [InlineData("""{"uploadedAt":"2026-01-05T10:00:00Z","uploadHttpStatus":200,"uploadHttpError":5}""", "invalid_type", "uploadHttpError", "Invalid input: expected string, received number")]
    public async Task A_wrong_report_names_the_field(string json, string code, string field, string message)
    {
        var (status, body) = await stored.Server.SendAsync(HttpMethod.Patch, $"{MediaClient.Path}/none", json);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Json.AssertEqual(
            $$"""{"message":"Invalid request data","error":[{"code":"{{code}}","path":["{{field}}"],"message":"{{message}}"}]}""", body);
    }

    [Fact]
    public async Task Items_of_datasets_tell_where_the_files_are_that_they_refer_to()
    {
        var (file, missing) = (MediaFile.New(), MediaFile.New());
        await _media.UploadAsync(file, "image/png");
        await _media.AnnounceAsync(missing);
        var name = $"{Guid.NewGuid()}";
        await stored.Server.PostJsonAsync("/api/public/v2/datasets", $$"""{"name":"{{name}}"}""");
        string Reference(MediaFile f) => $"@@@langfuseMedia:type=image/png|id={f.Id}|source=bytes@@@";

        var (status, body) = await stored.Server.PostJsonAsync(
            "/api/public/dataset-items",
            $$"""{"datasetName":"{{name}}","input":{"it's":[1,"see {{Reference(file)}}!"]},"metadata":"{{Reference(missing)}}"}""");

        Assert.True(status == HttpStatusCode.OK, body);
        var references = System.Text.Json.Nodes.JsonNode.Parse(body)!["mediaReferences"]!.AsArray();
        var media = Assert.Single(references)!["media"]!;
        Json.AssertEqual(
            $$"""
            [{"field":"input","referenceString":"{{Reference(file)}}","jsonPath":"$['it\\'s'][1]","media":{"mediaId":"{{file.Id}}",
              "contentType":"image/png","contentLength":{{file.Bytes.Length}},"url":"{{media["url"]}}","urlExpiry":"{{media["urlExpiry"]}}"} }]
            """,
            references.ToJsonString());
        using var download = await _media.DownloadAsync((string)media["url"]!);
        Assert.Equal(file.Bytes, await download.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private async Task AssertNotFoundAsync(string id, string message)
    {
        var (status, body) = await stored.Server.GetAsync($"{MediaClient.Path}/{id}");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Json.AssertEqual($$"""{"message":"{{message}}","error":"LangfuseNotFoundError"}""", body);
    }
}
