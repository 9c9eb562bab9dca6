using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Actors.Tracing;
using Actors.Web.Tests.Fuzzing;
using FsCheck;
using FsCheck.Fluent;
using Grpc.Core;
using Grpc.Net.Client;

namespace Actors.Web.Tests.Doors;

/// <summary>
/// Goal: what is stored depends on what happened, never on the door through which it was told. Method: a random story is
/// told through every door over the network, in any order, divided anywhere and partly twice; what was handed on is folded,
/// and the complete records are compared in print. A failing property prints the story and the seed with which it can be
/// replayed.
/// </summary>
public sealed class DoorProperties : IAsyncLifetime
{
    private ApiServer _server = null!;
    private GrpcChannel _channel = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartAsync(("Actors:Otlp:GrpcPort", "-1"));
        _channel = GrpcChannel.ForAddress(OtlpGrpc.Address(_server));
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public void A_story_is_the_same_through_every_door() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(FuzzRun.Times(150)), Prop.ForAll(StoryGen.Stories, async story =>
        {
            var expected = await ToldAsync(story, TellInBatchesAsync, 0);
            await SameAsync("batches again", TellInBatchesAsync);
            await SameAsync("OTLP as JSON", TellAsSpansAsync("application/json", export => Encoding.UTF8.GetBytes(export.ToJsonString())));
            await SameAsync("OTLP as protobuf", TellAsSpansAsync("application/x-protobuf", OtlpBinary.Of));
            await SameAsync("OTLP over gRPC", TellOverGrpcAsync);
            if (story.FitsLegacyRoutes)
            {
                await SameAsync("single events", TellOneByOneAsync);
            }

            async Task SameAsync(string door, Func<Story, Random, Task> tellAsync)
            {
                var actual = await ToldAsync(story, tellAsync, door.Length);
                var differing = expected.Split('\n').Zip(actual.Split('\n')).FirstOrDefault(lines => lines.First != lines.Second);
                Assert.True(expected == actual, $"Through {door}: {differing.Second} instead of {differing.First}");
            }
        }));

    private async Task<string> ToldAsync(Story story, Func<Story, Random, Task> tellAsync, int way)
    {
        var key = $"one/t:{story.TraceId}";
        var seen = _server.Grains.Events(key).Count;
        await tellAsync(story, new Random(unchecked(story.Telling + way)));
        return await Told.ByAsync(_server, StreamId.ForTrace(story.TraceId), [.. _server.Grains.Events(key).Skip(seen)]);
    }

    private async Task TellInBatchesAsync(Story story, Random random)
    {
        foreach (var body in BatchDoor.Bodies(story, random))
        {
            var (status, answer) = await _server.IngestAsync(body);
            Assert.True(status == HttpStatusCode.MultiStatus && answer.EndsWith("\"errors\":[]}", StringComparison.Ordinal), answer);
        }
    }

    private async Task TellOneByOneAsync(Story story, Random random)
    {
        foreach (var (method, path, body) in LegacyDoor.Requests(story, random))
        {
            var (status, answer) = await _server.SendAsync(method, path, body);
            Assert.True(status == HttpStatusCode.OK, answer);
        }
    }

    private Func<Story, Random, Task> TellAsSpansAsync(string contentType, Func<JsonObject, byte[]> write) => async (story, random) =>
    {
        foreach (var export in OtlpDoor.Exports(story, random))
        {
            using var content = new ByteArrayContent(write(export)) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } };
            var (status, answer) = await _server.PostAsync("/v1/traces", content);
            Assert.True(status == HttpStatusCode.OK && answer is "" or "{}", answer);
        }
    };

    private async Task TellOverGrpcAsync(Story story, Random random)
    {
        var headers = new Metadata { { "authorization", ApiServer.Basic("pk-lf-1", "sk-lf-1").ToString() } };
        foreach (var export in OtlpDoor.Exports(story, random))
        {
            var call = new CallOptions(headers, cancellationToken: Token);
            Assert.Empty(await _channel.CreateCallInvoker().AsyncUnaryCall(OtlpGrpc.Export(), null, call, OtlpBinary.Of(export)));
        }
    }
}
