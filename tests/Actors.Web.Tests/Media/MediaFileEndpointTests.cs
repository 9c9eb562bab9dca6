using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Actors.Web.Tests;

/// <summary>Signed URLs serve one file, in one direction, for a while.</summary>
public sealed class MediaFileEndpointTests(StoredApi stored) : IClassFixture<StoredApi>, IDisposable
{
    private const string Refusal = """{"message":"The URL is not valid or no longer valid","error":"ForbiddenError"}""";

    private readonly MediaClient _media = new(stored.Server);

    public void Dispose() => _media.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_uploaded_must_be_what_was_announced(bool isChunked)
    {
        const string WrongLength = """{"message":"The file does not have the announced length","error":"InvalidRequestError"}""";
        const string WrongHash = """{"message":"The file does not have the announced SHA-256","error":"InvalidRequestError"}""";
        var file = MediaFile.New();
        var url = (await _media.AnnounceAsync(file))!;

        await AssertRefusedAsync(file.Bytes[..^1], WrongLength);
        await AssertRefusedAsync([.. file.Bytes, 0], WrongLength);
        await AssertRefusedAsync([], WrongLength);
        await AssertRefusedAsync([.. file.Bytes.Reverse()], WrongHash);
        Assert.Equal((HttpStatusCode.OK, ""), await _media.PutAsync(url, file.Bytes, isChunked));

        async Task AssertRefusedAsync(byte[] bytes, string expected)
        {
            var (status, body) = await _media.PutAsync(url, bytes, isChunked);
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Json.AssertEqual(expected, body);
        }
    }

    [Fact]
    public async Task A_wrong_length_in_an_announcement_is_put_right_by_the_next()
    {
        var file = MediaFile.New();
        var wrong = (await _media.AnnounceAsync(file, length: 1))!;
        Assert.Equal(HttpStatusCode.BadRequest, (await _media.PutAsync(wrong, file.Bytes)).Status);

        Assert.Equal((HttpStatusCode.OK, ""), await _media.PutAsync((await _media.AnnounceAsync(file))!, file.Bytes));
    }

    [Fact]
    public async Task A_file_larger_than_a_request_usually_may_be_is_taken()
    {
        var bytes = new byte[40 * 1024 * 1024];
        new Random(7).NextBytes(bytes);
        var file = new MediaFile(bytes);

        var url = (string)(await _media.UploadAsync(file, "video/mp4"))["url"]!;

        using var download = await _media.DownloadAsync(url);
        Assert.Equal(bytes, await download.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Of_many_uploads_of_one_file_at_once_all_succeed()
    {
        var file = MediaFile.New();
        var urls = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _media.AnnounceAsync(file)));

        var puts = await Task.WhenAll(urls.Select(url => _media.PutAsync(url!, file.Bytes)));

        Assert.All(puts, put => Assert.Equal((HttpStatusCode.OK, ""), put));
    }

    [Theory]
    [InlineData("bytes=2-4", 206, 2, 3)]
    [InlineData("bytes=-4", 206, -4, 4)]
    [InlineData("bytes=5-", 206, 5, -1)]
    [InlineData("bytes=9999-", 416, 0, 0)]
    public async Task A_part_of_a_file_can_be_asked_for(string range, int status, int start, int length)
    {
        var file = MediaFile.New();
        var url = (string)(await _media.UploadAsync(file, "audio/mpeg"))["url"]!;

        using var download = await _media.DownloadAsync(url, range: range);

        Assert.Equal(status, (int)download.StatusCode);
        var from = start < 0 ? file.Bytes.Length + start : start;
        var to = length < 0 ? file.Bytes.Length : from + length;
        Assert.Equal(file.Bytes[from..to], await download.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            status == 206 ? $"bytes {from}-{to - 1}/{file.Bytes.Length}" : $"bytes */{file.Bytes.Length}",
            download.Content.Headers.ContentRange!.ToString());
    }

    [Fact]
    public async Task A_file_can_be_looked_at_without_its_content_and_is_sent_once()
    {
        var file = MediaFile.New();
        var url = (string)(await _media.UploadAsync(file))["url"]!;

        using var head = await _media.DownloadAsync(url, HttpMethod.Head);
        using var again = await _media.DownloadAsync(url, knownTag: head.Headers.ETag!.ToString());

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(file.Bytes.Length, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("text/html", "attachment")]
    [InlineData("image/svg+xml", "attachment")]
    [InlineData("application/javascript", "attachment")]
    [InlineData("application/xml", "attachment")]
    [InlineData("image/png", "inline")]
    [InlineData("application/pdf", "inline")]
    public async Task What_was_uploaded_cannot_run_in_a_browser(string type, string disposition)
    {
        var url = (string)(await _media.UploadAsync(MediaFile.New("<script>alert(1)</script>"), type))["url"]!;

        using var download = await _media.DownloadAsync(url);

        Assert.Equal(type, download.Content.Headers.ContentType!.ToString());
        Assert.Equal(disposition, download.Content.Headers.ContentDisposition!.ToString());
        Assert.Equal(["nosniff"], download.Headers.GetValues("X-Content-Type-Options"));
        var policy = Assert.Single(download.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Equal(type != "application/pdf", policy.EndsWith("; sandbox", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_url_serves_one_direction_and_only_as_it_was_given()
    {
        var file = MediaFile.New();
        var upload = (await _media.AnnounceAsync(file))!;
        var download = (string)(await _media.UploadAsync(file))["url"]!;
        var middle = upload.Length - 40;
        var forged = upload[..middle] + (upload[middle] == 'A' ? 'B' : 'A') + upload[(middle + 1)..];

        await AssertForbiddenAsync(await _media.DownloadAsync(upload.Replace("/upload/", "/download/", StringComparison.Ordinal)));
        await AssertForbiddenAsync(await _media.DownloadAsync(download[..^3]));
        await AssertForbiddenAsync(await _media.DownloadAsync($"{stored.Server.Client.BaseAddress}api/public/media/download/..%2F..%2Fcontrol.db"));
        foreach (var url in new[] { forged, download.Replace("/download/", "/upload/", StringComparison.Ordinal) })
        {
            var (status, body) = await _media.PutAsync(url, file.Bytes);
            Assert.Equal(HttpStatusCode.Forbidden, status);
            Json.AssertEqual(Refusal, body);
        }
    }

    [Fact]
    public async Task A_url_serves_no_longer_than_it_says()
    {
        var clock = new ShiftedClock();
        await using var server = await ApiServer.StartWithStoresAsync(
            services => services.AddSingleton<TimeProvider>(clock), ("Actors:Media:UrlLifetime", "00:05:00"));
        using var media = new MediaClient(server);
        var file = MediaFile.New();
        var upload = (await media.AnnounceAsync(file))!;
        var download = (string)(await media.UploadAsync(file))["url"]!;

        clock.Shift = TimeSpan.FromMinutes(4);
        using var inTime = await media.DownloadAsync(download);
        Assert.Equal(HttpStatusCode.OK, inTime.StatusCode);

        clock.Shift = TimeSpan.FromMinutes(5);
        await AssertForbiddenAsync(await media.DownloadAsync(download));
        Assert.Equal(HttpStatusCode.Forbidden, (await media.PutAsync(upload, file.Bytes)).Status);
    }

    [Fact]
    public async Task Urls_begin_with_the_public_address()
    {
        await using var server = await ApiServer.StartWithStoresAsync(("Actors:PublicUrl", "https://llm.example.org/actors/"));
        using var media = new MediaClient(server);

        Assert.StartsWith(
            "https://llm.example.org/actors/api/public/media/upload/", await media.AnnounceAsync(MediaFile.New()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("example.org")]
    [InlineData("ftp://example.org")]
    [InlineData("https://example.org?x=1")]
    public async Task A_public_address_that_is_none_stops_the_start(string address)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => ApiServer.StartWithStoresAsync(("Actors:PublicUrl", address)));
        Assert.Contains($"Actors:PublicUrl is '{address}'", error.Message, StringComparison.Ordinal);
    }

    private static async Task AssertForbiddenAsync(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Json.AssertEqual(Refusal, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    /// <summary>The time of day, shifted.</summary>
    private sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
