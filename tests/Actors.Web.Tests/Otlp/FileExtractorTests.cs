using System.Text.Json.Nodes;
using Actors.Media;
using Actors.Web.Api;
using Actors.Web.Otlp.Files;

namespace Actors.Web.Tests;

/// <summary>Files are taken out of JSON text, whatever way they stand in it, and nothing else changes.</summary>
public sealed class FileExtractorTests
{
    private static readonly byte[] Picture = [0x89, .. "PNG\r\n"u8, 0xfb, 0xff, 0xfe, .. Enumerable.Range(0, 90).Select(i => (byte)(i * 7))];
    private static readonly string Base64 = Convert.ToBase64String(Picture);
    private static readonly string Id = new MediaFile(Picture).Id;
    private static readonly string Reference = ReferenceOf("image/png");

    public static TheoryData<string, string, string> Shapes() => new()
    {
        { "a data URI", $"\"data:image/png;base64,{Base64}\"", $"\"{Reference}\"" },
        {
            "OpenAI's image",
            $$$"""[{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{Base64}}}","detail":"low"}}]""",
            $$$"""[{"type":"image_url","image_url":{"url":"{{{Reference}}}","detail":"low"}}]"""
        },
        {
            "a data URI in prose, twice, with parameters and in capitals",
            $"""["see data:image/png;base64,{Base64}, or data:Image/PNG;charset=utf-8;name=a.png;base64,{Base64} there"]""",
            $"""["see {Reference}, or {Reference} there"]"""
        },
        {
            "JSON in a string",
            $$$"""{"arguments":"{\"image\":\"data:image/png;base64,{{{Base64}}}\",\"x\":\"\u00e9\"}"}""",
            $$$"""{"arguments":"{\"image\":\"{{{Reference}}}\",\"x\":\"é\"}"}"""
        },
        { "escaped plus signs and slashes", $"\"data:image\\/png;base64,{Escaped(Base64)}\"", $"\"{Reference}\"" },
        {
            "Anthropic's source",
            $$$"""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"{{{Base64}}}"}}""",
            $$$"""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"{{{Reference}}}"}}"""
        },
        {
            "Gemini's inline data, the bytes first",
            $$$"""{"parts":[{"inline_data":{"data":"{{{Base64}}}","mime_type":"image/png"}},{"inlineData":{"mimeType":"image/png","data":"{{{Escaped(Base64)}}}"}}]}""",
            $$$"""{"parts":[{"inline_data":{"data":"{{{Reference}}}","mime_type":"image/png"}},{"inlineData":{"mimeType":"image/png","data":"{{{Reference}}}"}}]}"""
        },
        {
            "the blob of OpenTelemetry's messages",
            $$$"""[{"role":"user","parts":[{"type":"blob","mime_type":"image/png","modality":"image","content":"{{{Base64}}}"}]}]""",
            $$$"""[{"role":"user","parts":[{"type":"blob","mime_type":"image/png","modality":"image","content":"{{{Reference}}}"}]}]"""
        },
        {
            "the Vercel AI SDK's parts",
            $$$"""[{"type":"image","image":"{{{Base64}}}","mediaType":"image/png"},{"type":"file","data":"{{{Base64}}}","mediaType":"application/pdf"}]""",
            $$$"""[{"type":"image","image":"{{{Reference}}}","mediaType":"image/png"},{"type":"file","data":"{{{ReferenceOf("application/pdf")}}}","mediaType":"application/pdf"}]"""
        },
        {
            "a resource of the Model Context Protocol",
            $$$"""{"resource":{"uri":"file:///a","mimeType":"video/mp4","blob":"{{{Base64}}}"}}""",
            $$$"""{"resource":{"uri":"file:///a","mimeType":"video/mp4","blob":"{{{ReferenceOf("video/mp4")}}}"}}"""
        },
        {
            "OpenAI's sound",
            $$$"""{"type":"input_audio","input_audio":{"data":"{{{Base64}}}","format":"wav"}}""",
            $$$"""{"type":"input_audio","input_audio":{"data":"{{{ReferenceOf("audio/wav")}}}","format":"wav"}}"""
        },
        {
            "numbers, spaces, order and repeated names as they were",
            $$$"""{ "b" : 1.50e2, "a":[ true ,null], "b":"data:image/png;base64,{{{Base64}}}" ,"é":"\u00e9" }""",
            $$$"""{ "b" : 1.50e2, "a":[ true ,null], "b":"{{{Reference}}}" ,"é":"\u00e9" }"""
        },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_reference_stands_where_the_file_stood(string what, string json, string expected)
    {
        var files = new EmbeddedFiles(new MediaOptions());

        Assert.Equal(expected, new FileExtractor(files).Extract(json, "t", "o", "input"));

        var file = Assert.Single(files.All);
        Assert.True(file.Bytes.AsSpan().SequenceEqual(Picture), what);
        Assert.Equal(Id, file.Hash.MediaId);
        Assert.Equal(
            new MediaAnnouncement(file.Hash, file.ContentType, Picture.Length, new MediaLink("t", "o", null, null, "input")),
            Assert.Single(files.Announcements));
    }

    public static TheoryData<string> Texts() => new(new[]
    {
        "\"data:image/png;base64,\"",
        "\"data:image/png;base64,!!!!\"",
        "\"data:image/png;base64,abc\"",
        "\"data:image/png,rest;base64,AAAA\"",
        "\"data:;base64,AAAA\"",
        "\"data:application/x-unheard-of;base64,AAAA\"",
        "\"how ;base64, is said: data\"",
        """{"mime_type":"text/plain","data":"%"}""",
        """{"mime_type":"image/png","data":"redacted"}""",
        """{"mime_type":"image/png","data":"a sentence that consists of words and nothing else yes"}""",
        """{"mime_type":"image/png","data":"-%"}""",
        """{"mime_type":"image/png","content":"%"}""",
        """{"mime_type":"image/png","data":["%"]}""",
        """{"mime_type":"image/png","inner":{"data":"%"}}""",
        """{"mime_type":{"data":"%"},"data":5}""",
        """{"input_audio":{"data":"%","format":"unheard-of"}}""",
        """{"input_audio":"%","format":"wav"}""",
        """{"type":"blob","content":"%","mediaType":""}""",
        "\"@@@langfuseMedia:type=image/png|id=abc|source=base64_data_uri@@@\"",
    }.Select(text => text.Replace("%", Base64, StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Texts))]
    public void What_is_no_file_stays(string json)
    {
        var files = new EmbeddedFiles(new MediaOptions());
        Assert.Same(json, new FileExtractor(files).Extract(json, "t", null, "input"));
        Assert.Empty(files.All);
    }

    [Fact]
    public void A_file_that_stands_in_many_places_is_kept_once()
    {
        var files = new EmbeddedFiles(new MediaOptions());
        var extractor = new FileExtractor(files);
        var json = $"\"data:image/png;base64,{Base64}\"";
        foreach (var (observation, field) in new[] { (null, "input"), ("o", "input"), ("o", "input"), ((string?)"o", "metadata") })
        {
            extractor.Extract(json, "t", observation, field);
        }

        Assert.Single(files.All);
        Assert.Equal(
            [(null, "input"), ("o", "input"), ("o", "metadata")],
            files.Announcements.Select(a => (a.Link.ObservationId, a.Link.Field)));
    }

    [Fact]
    public void What_is_too_large_or_too_many_stays()
    {
        var files = new EmbeddedFiles(new MediaOptions { MaxBytes = 1024, MaxEmbeddedFiles = 2 });
        string[] uris = [.. Enumerable.Range(0, 4).Select(i => $"data:text/csv;base64,{Convert.ToBase64String(new byte[i == 0 ? 1025 : 1020 + i])}")];
        string[] references = [.. new FileExtractor(files).Extract($"\"{string.Join(' ', uris)}\"", "t", null, "input")!.Trim('"').Split(' ')];

        Assert.Equal([uris[0], uris[3]], references.Where(r => r.StartsWith("data:", StringComparison.Ordinal)));
        Assert.Equal([1021, 1022], files.All.Select(f => f.Bytes.Length));
    }

    [Fact]
    public void Random_values_around_files_come_out_as_they_went_in()
    {
        const int Seed = 20261125;
        var random = new Random(Seed);
        for (var i = 0; i < 2_000; i++)
        {
            var value = RandomValue(random, 0);
            var json = value?.ToJsonString() ?? "null";
            var files = new EmbeddedFiles(new MediaOptions());

            var text = new FileExtractor(files).Extract(json, "t", null, "input")!;

            var back = files.All.Aggregate(text, (all, f) => all.Replace(
                MediaReferences.ToDataUri("image/png", f.Hash.MediaId), $"data:image/png;base64,{Convert.ToBase64String(f.Bytes)}", StringComparison.Ordinal));
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(back)), $"seed {Seed}, value {i}: {json}");
            Assert.DoesNotContain(";base64,", text, StringComparison.Ordinal);
        }
    }

    private static JsonNode? RandomValue(Random random, int depth)
    {
        var bytes = new byte[1 + random.Next(40)];
        random.NextBytes(bytes);
        return random.Next(depth > 4 ? 4 : 6) switch
        {
            0 => JsonValue.Create(random.Next()),
            1 => null,
            2 => "text \" \\ \n ☃ 𝄞"[..(5 + random.Next(8))],
            3 => $"{(random.Next(2) == 0 ? "" : "é / ")}data:image/png;base64,{Convert.ToBase64String(bytes)}{(random.Next(2) == 0 ? "" : " \"then\"")}",
            4 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => RandomValue(random, depth + 1))]),
            _ => new JsonObject(new[] { "data", "type", "media_type", "input_audio", "ö" }.Where(_ => random.Next(2) == 0)
                .Select(name => KeyValuePair.Create(name, RandomValue(random, depth + 1)))),
        };
    }

    private static string ReferenceOf(string type) => $"@@@langfuseMedia:type={type}|id={Id}|source=base64_data_uri@@@";

    private static string Escaped(string base64) =>
        base64.Replace("+", "\\u002B", StringComparison.Ordinal).Replace("/", "\\/", StringComparison.Ordinal);
}
