using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Actors.Grains.Pricing;
using Actors.Tracing;
using Actors.Web.Otlp;

namespace Actors.Web.Tests;

/// <summary>Bodies that unmodified clients sent.</summary>
public sealed class OtlpFixtureTests
{
    private static readonly OtlpSpanMapper Mapper = new(PriceBooks.Current.AttributeKeys);

    [Fact]
    public void The_langfuse_sdk_is_understood()
    {
        var events = Map(OtlpJson.Read(Parsing.Fixture("langfuse-otel-5.11.1-nested-trace.json")));
        var generation = Observation(events, "answer");
        Assert.Equal((ObservationType.Generation, "gpt-4o", "7.1", "clients-v5"), (generation.Type, generation.Model, generation.Version, generation.Environment));
        Assert.Equal("""{"temperature":0.3,"max_tokens":128}""", generation.ModelParameters);
        Assert.Equal([new("input", 1000), new("output", 100), new("total", 1100)], generation.Usage);
        Assert.Equal(TimeSpan.FromMilliseconds(200), generation.CompletionStartTime - generation.StartTime);
        Assert.Equal("""[{"role":"user","content":"Total?"}]""", generation.Input);
        Assert.Equal("""{"role":"assistant","content":"€ 41.90"}""", generation.Output);

        var root = events.OfType<TraceEvent>().Single(t => t.Input is not null || t.Metadata!.Contains("resourceAttributes", StringComparison.Ordinal));
        Assert.Equal(("checkout-assistant", "7.1", "2026.2", "clients-v5"), (root.Name, root.Version, root.Release, root.Environment));
        Assert.Equal(["otel", "beta"], root.Tags);
        Json.AssertEqual(
            """
            {"plan":"pro","region":"eu","attempt":2,"flags":{"fast":true},
             "resourceAttributes":{"service.name":"clients","service.version":"9.9.1","deployment.region":"eu-west"},
             "scope":{"name":"langfuse-sdk","version":"5.11.1","attributes":{}}}
            """,
            root.Metadata!);
    }

    [Fact]
    public void Every_observation_type_of_the_langfuse_sdk_is_understood()
    {
        var events = Map(OtlpJson.Read(Parsing.Fixture("langfuse-otel-5.11.1-observation-types.json")));
        Assert.Equal(
            Enum.GetValues<ObservationType>().Order(),
            events.OfType<ObservationEvent>().Select(o => o.Type!.Value).Distinct().Order());
    }

    [Fact]
    public void The_binary_and_the_text_form_say_the_same()
    {
        var text = Map(OtlpJson.Read(Parsing.Fixture("otlp-genai.json"))).OfType<ObservationEvent>().OrderBy(o => o.Name, StringComparer.Ordinal).ToList();
        var binary = Map(OtlpProtobuf.Read(Parsing.Fixture("otlp-genai.pb.bin").Span)).OfType<ObservationEvent>().OrderBy(o => o.Name, StringComparer.Ordinal).ToList();
        Assert.NotEmpty(text);
        Assert.Equal(text.Select(Essence), binary.Select(Essence));

        // Ids, times and the port of the web request differ from run to run; everything else must not.
        static string Essence(ObservationEvent o) =>
            $"{o.Name} {o.Type} {o.Level} {o.StatusMessage} {o.Model} {o.ModelParameters} {o.Input} {o.Output} {string.Join(',', o.Usage)} {o.ParentObservationId is null}";
    }

    [Fact]
    public void Gen_ai_attributes_are_understood()
    {
        var observations = Map(OtlpJson.Read(Parsing.Fixture("otlp-genai.json"))).OfType<ObservationEvent>().ToList();
        Assert.Contains(observations, o => o.Type == ObservationType.Generation && o.Model is not null && o.Usage.Count >= 3);
        Assert.Contains(observations, o => o.Type == ObservationType.Tool);
        Assert.Contains(observations, o => o.Type == ObservationType.Embedding && o.Level == ObservationLevel.Error);
    }

    [Fact]
    public void Messages_in_span_events_are_input_and_output()
    {
        var observations = Map(OtlpProtobuf.Read(Unpack("otlp-genai-message-events.pb.gz.bin"))).OfType<ObservationEvent>().ToList();
        var chat = Assert.Single(observations, o => o.Type == ObservationType.Generation);
        Assert.StartsWith("[{\"role\":\"", chat.Input, StringComparison.Ordinal);
        Assert.NotNull(chat.Output);
    }

    [Theory]
    [InlineData("otlp-genai.pb.bin", null)]
    [InlineData("otlp-genai.pb.gz.bin", "gzip")]
    public async Task Binary_exports_are_answered_in_kind(string name, string? encoding)
    {
        await using var server = await ApiServer.StartAsync();
        using var content = new ReadOnlyMemoryContent(Parsing.Fixture(name));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        using var response = await server.Client.PostAsync(
            new Uri("/api/public/otel/v1/traces", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/x-protobuf", response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.NotEmpty(server.Grains.Keys);
    }

    [Fact]
    public void A_binary_export_that_is_cut_anywhere_is_refused_or_read_but_never_more_than_that()
    {
        var whole = Parsing.Fixture("otlp-genai.pb.bin");
        var refused = 0;
        for (var length = 1; length < whole.Length; length++)
        {
            try
            {
                OtlpProtobuf.Read(whole.Span[..length]);
            }
            catch (OtlpFormatException)
            {
                refused++;
            }
        }

        // A cut between two whole resources is an export of its own.
        Assert.InRange(refused, whole.Length - 5, whole.Length - 1);
    }

    [Fact]
    public void Claimed_lengths_take_no_memory()
    {
        byte[] claims = [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<OtlpFormatException>(() => OtlpProtobuf.Read(claims));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        byte[] value = [];
        for (var i = 0; i < 1000; i++)
        {
            value = Field(5, Field(1, value));
        }

        var span = (byte[])[.. Field(1, new byte[16].Select(_ => (byte)1).ToArray()), .. Field(2, [1, 1, 1, 1, 1, 1, 1, 1]), .. Field(9, Field(2, value))];
        Assert.Throws<OtlpFormatException>(() => OtlpProtobuf.Read(Field(1, Field(2, Field(2, span)))));

        static byte[] Field(int number, byte[] content)
        {
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream);
            writer.Write7BitEncodedInt((number << 3) | 2);
            writer.Write7BitEncodedInt(content.Length);
            writer.Write(content);
            return stream.ToArray();
        }
    }

    private static List<StreamEvent> Map(IReadOnlyList<OtlpSpanGroup> groups) =>
        [.. Mapper.Map(groups, Parsing.At).Streams.SelectMany(s => s.Events)];

    private static ObservationEvent Observation(IEnumerable<StreamEvent> events, string name) =>
        events.OfType<ObservationEvent>().Single(o => o.Name == name);

    private static byte[] Unpack(string name)
    {
        using var packed = new GZipStream(new MemoryStream(Parsing.Fixture(name).ToArray()), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        packed.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
