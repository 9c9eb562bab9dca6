using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Integration.Api;

/// <summary>A file in an exported span outlives a crash with the span, and goes when its trace is deleted.</summary>
public sealed class EmbeddedFileTests : IDisposable
{
    private readonly ScratchDirectory _data = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task It_is_there_after_a_kill_and_nowhere_after_its_trace_was_deleted()
    {
        var keys = ProjectKeys.New();
        var bytes = Encoding.UTF8.GetBytes("a sentence that nobody else says");
        var hash = SHA256.HashData(bytes);
        var id = Convert.ToBase64String(hash).Replace('+', '-').Replace('/', '_')[..22];
        var trace = Guid.NewGuid().ToString("N");
        await using (var first = await SiloProcess.StartAsync(new SiloStart { DataDirectory = _data.Path, Keys = keys }, Cancel))
        {
            var sent = await first.Client.PostAsync("/api/public/otel/v1/traces", Encoding.UTF8.GetBytes(Export(trace, bytes)), cancellationToken: Cancel);
            Assert.Equal(HttpStatusCode.OK, sent.Status);
            await first.KillAsync();
        }

        await using var silo = await SiloProcess.StartAsync(new SiloStart { DataDirectory = _data.Path, Keys = keys }, Cancel);
        var read = await silo.Client.GetAsync($"/api/public/traces/{trace}", Cancel);
        Assert.Equal($"@@@langfuseMedia:type=text/plain|id={id}|source=base64_data_uri@@@", (string?)read.Json["observations"]![0]!["input"]);
        var media = await silo.Client.GetAsync($"/api/public/media/{id}", Cancel);
        Assert.Equal(bytes, await silo.Client.Http.GetByteArrayAsync((string)media.Json["url"]!, Cancel));
        Assert.Single(Files(hash));

        await silo.Client.DeleteAsync($"/api/public/traces/{trace}", cancellationToken: Cancel);

        Assert.Equal(HttpStatusCode.NotFound, (await silo.Client.GetAsync($"/api/public/media/{id}", Cancel)).Status);
        Assert.Empty(Files(hash));
    }

    private string[] Files(byte[] hash) => Directory.GetFiles(_data.Path, Convert.ToHexStringLower(hash), SearchOption.AllDirectories);

    private static string Export(string trace, byte[] bytes) => $$$"""
        {"resourceSpans":[{"scopeSpans":[{"spans":[
          {"traceId":"{{{trace}}}","spanId":"{{{trace[..16]}}}","name":"look","startTimeUnixNano":"1767607200000000000","endTimeUnixNano":"1767607202500000000",
           "attributes":[{"key":"langfuse.observation.input","value":{"stringValue":"data:text/plain;base64,{{{Convert.ToBase64String(bytes)}}}"}}]}]}]}]}
        """;
}
