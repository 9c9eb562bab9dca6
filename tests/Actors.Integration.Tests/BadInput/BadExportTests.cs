using System.Net;

namespace Actors.Integration.BadInput;

/// <summary>Hostile OpenTelemetry exports: refused with 400, never a 5xx, and the server goes on.</summary>
public sealed class BadExportTests(RunningSilo silo)
{
    private const string Path = "/api/public/otel/v1/traces";
    private const string Protobuf = "application/x-protobuf";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, byte[]> Hostile => new()
    {
        { "a length beyond the body", [0x0a, 0xff, 0xff, 0xff, 0x07, 0x00] },
        { "a negative length", [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01] },
        { "a length of 2 GB", [0x0a, 0xff, 0xff, 0xff, 0xff, 0x07] },
        { "a varint without end", [0x0a, .. Enumerable.Repeat((byte)0xff, 20)] },
        { "a key without a value", [0x0a] },
        { "field 0", [0x00, 0x00] },
        { "wire type 7", [0x0f, 0x01] },
        { "a group without end", [0x0b, 0x0b, 0x0b] },
        { "an inner length beyond the outer", [0x0a, 0x04, 0x12, 0x7f, 0x00, 0x00] },
        { "a text", "resourceSpans"u8.ToArray() },
        { "10,000 nested messages", NestedAttribute(10_000) },
        { "a span without ids", [0x0a, 0x06, 0x12, 0x04, 0x12, 0x02, 0x0a, 0x00] },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_hostile_message_is_refused(string what, byte[] body)
    {
        WholeBodyTests.Refused(what, await silo.Client.PostAsync(Path, body, Protobuf, cancellationToken: Cancel), 400, 400);
        await AliveAsync();
    }

    [Fact]
    public async Task Random_bytes_are_never_a_server_error()
    {
        const int seed = 20260302;
        var random = new Random(seed);
        for (var i = 0; i < 300; i++)
        {
            var body = new byte[random.Next(1, 400)];
            random.NextBytes(body);
            body[0] = 0x0a;
            var answer = await silo.Client.PostAsync(Path, body, Protobuf, cancellationToken: Cancel);
            Assert.True(answer.Code < 500, $"seed {seed}, body {Convert.ToHexString(body)}: {answer}");
        }

        await AliveAsync();
    }

    [Theory]
    [InlineData("""{"resourceSpans":{}}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":7}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":"x"}]}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{}]}]}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"zz","spanId":"zz"}]}]}]}""")]
    [InlineData("""{"resourceSpans":[""")]
    [InlineData("7")]
    public async Task A_malformed_document_is_refused(string json)
    {
        WholeBodyTests.Refused(json, await silo.Client.PostAsync(Path, Bodies.Utf8(json), cancellationToken: Cancel), 400, 400);
        await AliveAsync();
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    public async Task Another_content_type_is_refused(string contentType) =>
        WholeBodyTests.Refused(contentType, await silo.Client.PostAsync(Path, Bodies.Utf8("{}"), contentType, cancellationToken: Cancel), 400, 415);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("-1", "-1")]
    [InlineData("253402300800000000000", "253402300800000000000")]
    [InlineData("soon", "later")]
    public async Task A_span_at_an_impossible_time_is_stored_or_refused_and_harms_nobody(string start, string end)
    {
        var (trace, good, bad) = (Hex(16), Hex(8), Hex(8));
        var json = $$"""
            {"resourceSpans":[{"scopeSpans":[{"spans":[
              {"traceId":"{{trace}}","spanId":"{{good}}","name":"good","startTimeUnixNano":"1772452800000000000","endTimeUnixNano":"1772452801000000000"},
              {"traceId":"{{trace}}","spanId":"{{bad}}","name":"bad","startTimeUnixNano":"{{start}}","endTimeUnixNano":"{{end}}"}]}]}]}
            """;
        var answer = await silo.Client.PostAsync(Path, Bodies.Utf8(json), cancellationToken: Cancel);
        Assert.True(answer.Code is 200 or 400, $"{start}: {answer}");
        if (answer.Code == 200)
        {
            var read = await silo.Client.GetAsync($"/api/public/traces/{trace}", Cancel);
            Assert.True(read.Status == HttpStatusCode.OK, $"{start}: {read}");
            Assert.Contains(good, read.Json["observations"]!.AsArray().Select(o => (string)o!["id"]!));
        }

        await AliveAsync();
    }

    // resourceSpans { resource { attributes { value { arrayValue { values { arrayValue … } } } } } }, as deep as asked for.
    private static byte[] NestedAttribute(int depth)
    {
        byte[] value = [];
        for (var i = 0; i < depth; i++)
        {
            value = Field(5, Field(1, value));
        }

        return Field(1, Field(1, Field(1, Field(2, value))));
    }

    private static byte[] Field(int number, byte[] content)
    {
        var length = new List<byte>();
        var rest = (uint)content.Length;
        do
        {
            length.Add((byte)((rest & 0x7f) | (rest > 0x7f ? 0x80u : 0)));
            rest >>= 7;
        }
        while (rest > 0);
        return [(byte)((number << 3) | 2), .. length, .. content];
    }

    private static string Hex(int bytes) => Convert.ToHexStringLower(Guid.NewGuid().ToByteArray().AsSpan(0, bytes));

    private async Task AliveAsync()
    {
        var answer = await silo.Client.PostBatchAsync([Wire.Trace(NewIds.For("alive"), TimeProvider.System.GetUtcNow())], Cancel);
        Assert.Single(answer.Successes);
    }
}
