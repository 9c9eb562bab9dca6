using System.Net;
using System.Text.Json.Nodes;
using Actors.Media;
using Actors.Tracing;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Tests;

/// <summary>Files in the text of spans become files of the project before the spans are stored (langfuse-semantics §19).</summary>
public sealed class EmbeddedFileTests
{
    private const string Path = "/api/public/otel/v1/traces";
    private const string Span = "b7ad6b7169203331";

    [Fact]
    public async Task A_file_in_a_span_is_stored_linked_and_downloaded()
    {
        await using var server = await ApiServer.StartWithStoresAsync();
        using var media = new MediaClient(server);
        var (trace, file) = (NewTrace(), MediaFile.New());

        Assert.Equal((HttpStatusCode.OK, "{}"), await server.PostJsonAsync(Path, Export(trace, file)));

        var reference = $"@@@langfuseMedia:type=text/plain|id={file.Id}|source=base64_data_uri@@@";
        var events = server.Grains.Events($"one/t:{trace}");
        Assert.Equal($$"""{"file":"{{reference}}"}""", Assert.IsType<TraceEvent>(events[0]).Input);
        var observation = Assert.IsType<ObservationEvent>(events[1]);
        Assert.Equal(($$"""{"file":"{{reference}}"}""", $"\"{reference}\""), (observation.Input, observation.Output));
        Assert.Equal(reference, (string?)JsonNode.Parse(observation.Metadata!)!["picture"]);
        var found = await media.GetAsync(file.Id);
        Assert.Equal(("text/plain", file.Bytes.Length), ((string)found["contentType"]!, (int)found["contentLength"]!));
        using var download = await media.DownloadAsync((string)found["url"]!);
        Assert.Equal(file.Bytes, await download.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Null(await media.AnnounceAsync(file));
        Assert.Empty(await FindMissingLinksAsync(server, trace, file));
    }

    [Fact]
    public async Task A_batch_keeps_what_it_was_sent()
    {
        await using var server = await ApiServer.StartWithStoresAsync();
        var body = """{"id":"t","input":"data:text/plain;base64,AAAA"}""";

        await server.IngestAsync(Parsing.Batch(Parsing.Event("trace-create", body)));

        Assert.Equal("\"data:text/plain;base64,AAAA\"", Assert.IsType<TraceEvent>(server.Grains.Events("one/t:t")[0]).Input);
    }

    [Fact]
    public async Task A_file_that_cannot_be_kept_stays_in_the_text()
    {
        await using var server = await ApiServer.StartWithStoresAsync(
            services => services.AddSingleton<IMediaStore>(new FailingStore()));
        var (trace, file) = (NewTrace(), MediaFile.New());

        Assert.Equal((HttpStatusCode.OK, "{}"), await server.PostJsonAsync(Path, Export(trace, file)));

        Assert.Equal($$"""{"file":"{{file.DataUri}}"}""", Assert.IsType<TraceEvent>(server.Grains.Events($"one/t:{trace}")[0]).Input);
    }

    [Fact]
    public async Task None_is_taken_when_none_is_wanted()
    {
        await using var server = await ApiServer.StartWithStoresAsync(("Actors:Media:MaxEmbeddedFiles", "0"));
        var (trace, file) = (NewTrace(), MediaFile.New());

        await server.PostJsonAsync(Path, Export(trace, file));

        Assert.Equal($$"""{"file":"{{file.DataUri}}"}""", Assert.IsType<TraceEvent>(server.Grains.Events($"one/t:{trace}")[0]).Input);
    }

    [Fact]
    public async Task Two_exports_of_one_file_at_once_share_it_and_it_goes_with_the_last_trace()
    {
        await using var server = await ApiServer.StartWithStoresAsync();
        using var media = new MediaClient(server);
        var file = MediaFile.New();
        string[] traces = [.. Enumerable.Range(0, 4).Select(_ => NewTrace())];

        var answers = await Task.WhenAll(traces.Select(t => server.PostJsonAsync(Path, Export(t, file))));

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.OK, "{}"), answer));
        foreach (var trace in traces)
        {
            await media.GetAsync(file.Id);
            await server.SendAsync(HttpMethod.Delete, $"/api/public/traces/{trace}");
        }

        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync($"{MediaClient.Path}/{file.Id}")).Status);
        Assert.NotNull(await media.AnnounceAsync(file));
    }

    [Fact]
    public async Task A_trace_that_is_deleted_while_its_spans_come_keeps_the_files_of_those()
    {
        await using var server = await ApiServer.StartWithStoresAsync();
        using var media = new MediaClient(server);
        var (trace, file) = (NewTrace(), MediaFile.New());
        var hold = server.Grains.Held[$"one/t:{trace}"] = new Hold();

        var export = server.PostJsonAsync(Path, Export(trace, file));
        await hold.Begun.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await server.SendAsync(HttpMethod.Delete, $"/api/public/traces/{trace}");
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync($"{MediaClient.Path}/{file.Id}")).Status);
        hold.Released.SetResult();

        Assert.Equal((HttpStatusCode.OK, "{}"), await export);
        using var download = await media.DownloadAsync((string)(await media.GetAsync(file.Id))["url"]!);
        Assert.Equal(file.Bytes, await download.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_item_of_a_dataset_keeps_the_file_of_a_deleted_trace()
    {
        await using var server = await ApiServer.StartWithStoresAsync();
        using var media = new MediaClient(server);
        var (trace, file) = (NewTrace(), MediaFile.New());
        await server.PostJsonAsync(Path, Export(trace, file));
        await server.PostJsonAsync("/api/public/v2/datasets", """{"name":"d"}""");
        var input = $"@@@langfuseMedia:type=text/plain|id={file.Id}|source=base64_data_uri@@@";
        var (status, item) = await server.PostJsonAsync("/api/public/dataset-items", $$"""{"datasetName":"d","input":"{{input}}"}""");
        Assert.True(status == HttpStatusCode.OK, item);

        await server.SendAsync(HttpMethod.Delete, $"/api/public/traces/{trace}");

        Assert.Equal(file.Bytes.Length, (int)(await media.GetAsync(file.Id))["contentLength"]!);
    }

    private static string NewTrace() => Guid.NewGuid().ToString("N");

    private static string Export(string trace, MediaFile file) => $$$"""
        {"resourceSpans":[{"scopeSpans":[{"scope":{"name":"shop"},"spans":[
          {"traceId":"{{{trace}}}","spanId":"{{{Span}}}","name":"root","startTimeUnixNano":"1767607200000000000","endTimeUnixNano":"1767607202500000000",
           "attributes":[
             {"key":"langfuse.observation.input","value":{"stringValue":"{\"file\":\"{{{file.DataUri}}}\"}"}},
             {"key":"langfuse.observation.output","value":{"stringValue":"{{{file.DataUri}}}"}},
             {"key":"langfuse.observation.metadata.picture","value":{"stringValue":"{{{file.DataUri}}}"}}]}]}]}]}
        """;

    private static Task<IReadOnlyList<MediaAnnouncement>> FindMissingLinksAsync(ApiServer server, string trace, MediaFile file)
    {
        Assert.True(MediaHash.TryParseBase64(file.Hash, out var hash));
        var links = from observation in new[] { null, Span }
                    from field in new[] { "input", "output", "metadata" }
                    select new MediaAnnouncement(hash, "text/plain", file.Bytes.Length, new MediaLink(trace, observation, null, null, field));
        return server.Services.GetRequiredService<IMediaCatalog>().FindMissingAsync(
            FakeProjects.One.Id, [.. links], TestContext.Current.CancellationToken);
    }

    private sealed class FailingStore : IMediaStore
    {
        public Task<bool> ExistsAsync(ProjectId project, MediaHash hash, CancellationToken cancellationToken) => Task.FromResult(false);

        public Task<MediaWriteResult> WriteAsync(ProjectId project, MediaHash hash, long length, Stream content, CancellationToken cancellationToken) =>
            throw new IOException("The disk is full.");

        public Task<Stream?> OpenAsync(ProjectId project, MediaHash hash, CancellationToken cancellationToken) => Task.FromResult<Stream?>(null);
    }
}
