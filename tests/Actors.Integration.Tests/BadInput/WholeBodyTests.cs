using System.Net;

namespace Actors.Integration.BadInput;

/// <summary>A body that cannot be read is refused as a whole with a clear 4xx, and the server goes on.</summary>
public sealed class WholeBodyTests(RunningSilo silo)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Malformed => new()
    {
        { "nothing", "" },
        { "no JSON", "hello" },
        { "a cut document", """{"batch":[{"id":"x" """ },
        { "a list", "[]" },
        { "a number", "7" },
        { "null", "null" },
        { "no batch", "{}" },
        { "a batch that is null", """{"batch":null}""" },
        { "a batch that is an object", """{"batch":{}}""" },
        { "a batch that is a text", """{"batch":"[]"}""" },
        { "two documents", """{"batch":[]}{"batch":[]}""" },
        { "a stray comma", """{"batch":[],}""" },
        { "NaN as a number", """{"batch":[NaN]}""" },
        { "a byte order mark and rubbish", "\uFEFF{" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_batch_is_refused(string what, string body)
    {
        var answer = await silo.Client.PostAsync(SiloClient.Ingestion, Bodies.Utf8(body), cancellationToken: Cancel);
        Refused(what, answer, 400, 400);
        await AliveAsync();
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xfe, 0x00 })]
    [InlineData(new byte[] { 0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d })]
    [InlineData(new byte[] { 0x00, 0x00, 0x00, 0x00 })]
    public async Task Bytes_that_are_no_text_are_refused(byte[] body)
    {
        Refused("bytes", await silo.Client.PostAsync(SiloClient.Ingestion, body, cancellationToken: Cancel), 400, 400);
        await AliveAsync();
    }

    [Fact]
    public async Task Ten_megabytes_are_too_large()
    {
        var body = Bodies.Padded(10 << 20);
        var answer = await SendLargeAsync(() => silo.Client.PostAsync(SiloClient.Ingestion, body, cancellationToken: Cancel));
        Assert.True(answer is null or { Code: 413 }, $"{answer}");
        await AliveAsync();
    }

    [Fact]
    public async Task Ten_megabytes_of_unannounced_length_are_too_large()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, SiloClient.Ingestion)
        {
            Content = new StreamContent(new MemoryStream(Bodies.Padded(10 << 20))),
        };
        request.Headers.TransferEncodingChunked = true;
        var answer = await SendLargeAsync(async () =>
        {
            using var response = await silo.Client.Http.SendAsync(request, Cancel);
            return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(Cancel));
        });
        Assert.True(answer is null or { Code: 413 }, $"{answer}");
        await AliveAsync();
    }

    [Theory]
    [InlineData(SiloClient.Ingestion, "application/json")]
    [InlineData("/api/public/otel/v1/traces", "application/x-protobuf")]
    [InlineData("/api/public/otel/v1/traces", "application/json")]
    public async Task Damaged_gzip_is_refused(string path, string contentType)
    {
        var whole = Bodies.Gzip(Bodies.Padded(100_000));
        var flipped = (byte[])whole.Clone();
        flipped[whole.Length / 2] ^= 0xff;
        byte[][] bodies = [whole[..(whole.Length / 2)], whole[..^9], whole[..5], flipped, Bodies.Utf8("not packed at all")];
        foreach (var body in bodies)
        {
            Refused($"{body.Length} bytes of gzip", await silo.Client.PostAsync(path, body, contentType, "gzip", Cancel), 400, 400);
        }

        await AliveAsync();
    }

    [Theory]
    [InlineData(SiloClient.Ingestion, "application/json")]
    [InlineData("/api/public/otel/v1/traces", "application/x-protobuf")]
    [InlineData("/api/public/otel/v1/traces", "application/json")]
    public async Task A_zip_bomb_is_too_large(string path, string contentType)
    {
        var answer = await SendLargeAsync(() => silo.Client.PostAsync(path, Bodies.ZipBomb(400), contentType, "gzip", Cancel));
        Assert.True(answer is null or { Code: 413 }, $"{answer}");
        await AliveAsync();
    }

    [Fact]
    public async Task An_unknown_packing_is_refused()
    {
        var answer = await silo.Client.PostAsync(SiloClient.Ingestion, Bodies.Utf8("""{"batch":[]}"""), encoding: "compress", cancellationToken: Cancel);
        Refused("compress", answer, 415, 415);
    }

    [Fact]
    public async Task An_empty_batch_is_no_mistake()
    {
        var answer = await silo.Client.PostBatchAsync([], Cancel);
        Assert.Equal(HttpStatusCode.MultiStatus, answer.Status);
        Assert.Empty(answer.Successes);
        Assert.Empty(answer.Errors);
    }

    [Theory]
    [InlineData("page=0")]
    [InlineData("page=x")]
    [InlineData("limit=101")]
    [InlineData("limit=0")]
    [InlineData("limit=99999999999999999999")]
    [InlineData("fromTimestamp=yesterday")]
    [InlineData("orderBy=drop.table")]
    [InlineData("filter=%7B")]
    public async Task A_bad_query_is_refused(string query) =>
        Refused(query, await silo.Client.GetAsync($"/api/public/traces?{query}", Cancel), 400, 400);

    [Theory]
    [InlineData("/api/public/traces/..%2f..%2fetc")]
    [InlineData("/api/public/traces/%F0%28%8C%28")]
    [InlineData("/api/public/observations/' or 1=1 --")]
    [InlineData("/api/public/sessions/%0d%0a")]
    public async Task A_hostile_id_in_the_path_is_refused_or_not_found(string path) =>
        Refused(path, await silo.Client.GetAsync(path, Cancel), 400, 404);

    [Fact]
    public async Task A_zero_character_in_the_path_is_refused() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await silo.Client.GetAsync("/api/public/traces/%00", Cancel)).Status);

    [Fact]
    public async Task An_id_of_801_characters_in_the_path_is_refused_or_not_found() =>
        Refused("801", await silo.Client.GetAsync($"/api/public/traces/{new string('x', 801)}", Cancel), 400, 404);

    internal static void Refused(string what, Answer answer, int from, int to)
    {
        Assert.True(answer.Code >= from && answer.Code <= to, $"{what}: answered {answer}");
        Assert.True(answer.Text.Contains("message", StringComparison.Ordinal) || answer.Text.Contains("error", StringComparison.Ordinal), $"{what}: {answer}");
    }

    // A server may answer and close while the rest is still being sent; then the client sees a broken pipe instead of the 413.
    private static async Task<Answer?> SendLargeAsync(Func<Task<Answer>> send)
    {
        try
        {
            return await send();
        }
        catch (HttpRequestException e) when (e.InnerException is IOException)
        {
            return null;
        }
    }

    private async Task AliveAsync()
    {
        var id = NewIds.For("alive");
        var answer = await silo.Client.PostBatchAsync([Wire.Trace(id, TimeProvider.System.GetUtcNow())], Cancel);
        Assert.Single(answer.Successes);
        Assert.Equal(HttpStatusCode.OK, (await silo.Client.GetAsync($"/api/public/traces/{id}", Cancel)).Status);
    }
}
