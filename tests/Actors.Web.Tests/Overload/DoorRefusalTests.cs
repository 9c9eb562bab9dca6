using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Ingestion;
using Actors.Web.Model.Health;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Tests.Overload;

/// <summary>Every door sends away for every reason, in the words of its protocol, and the reason is counted.</summary>
public sealed class DoorRefusalTests
{
    private const string Big = "big";

    private static readonly SpanSample Span = SpanSample.Of("openai", "chat", """{"gen_ai.operation.name":"chat","gen_ai.request.model":"gpt-4o"}""");

    private static readonly Dictionary<string, Func<ApiServer, Task<Refused>>> Doors = new()
    {
        ["batch"] = s => PostAsync(s, "/api/public/ingestion", Parsing.Batch(Parsing.Event("trace-create", """{"id":"t"}"""))),
        ["trace"] = s => PostAsync(s, "/api/public/traces", """{"id":"t"}"""),
        ["generation"] = s => PostAsync(s, "/api/public/generations", """{"id":"g","traceId":"t"}"""),
        ["score"] = s => PostAsync(s, "/api/public/scores", """{"traceId":"t","name":"n","value":1}"""),
        ["otlp"] = s => PostAsync(s, "/v1/traces", Span.ToJson()),
        ["otlp of Langfuse"] = s => PostAsync(s, "/api/public/otel/v1/traces", Span.ToJson()),
        ["grpc"] = ExportAsync,
    };

    [Theory]
    [InlineData("project_bytes")]
    [InlineData("all_bytes")]
    [InlineData("memory")]
    [InlineData("read_model")]
    [InlineData("log_queue")]
    public async Task Every_door_says_why_and_when_to_come_again(string tag)
    {
        var reason = RefusalReasons.All.Single(r => RefusalReasons.Tag(r) == tag);
        await using var server = await ApiServer.StartAsync([("Actors:Otlp:GrpcPort", "-1"), ("Actors:Ingestion:RetryAfter", "00:00:07"), .. SettingsFor(reason)]);
        await using var load = await LoadAsync(server, reason);
        using var meter = new RefusalMeter(server);

        foreach (var (name, door) in Doors)
        {
            Assert.Equal((name, new Refused(7, RefusalReasons.Message(reason))), (name, await door(server)));
        }

        Assert.Equal([(tag, (long)Doors.Count)], meter.Read());
        Assert.Equal([(RefusalReasons.Words(reason), (long)Doors.Count)], server.Services.GetRequiredService<IDoorHealth>().Read().Refused.Where(r => r.Count > 0));
    }

    [Fact]
    public async Task The_bytes_of_a_request_are_held_until_it_is_answered()
    {
        // A server that has stopped has ended its requests.
        Assert.Equal(0, (await SendAndStopAsync()).UnderWay);
    }

    private static async Task<InFlightBudget> SendAndStopAsync()
    {
        await using var server = await ApiServer.StartAsync(("Actors:Otlp:GrpcPort", "-1"));
        var budget = server.Services.GetRequiredService<InFlightBudget>();
        var sent = new List<Task>();
        var holds = new List<Hold>();
        foreach (var (name, door) in Doors)
        {
            var before = budget.UnderWay;
            var held = Hold(server, name);
            sent.Add(door(server));
            await held.Begun.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
            Assert.InRange(budget.UnderWay - before, 4 * 1024, 64 * 1024);
            server.Grains.Held.Clear();
            holds.Add(held);
        }

        holds.ForEach(h => h.Released.SetResult());
        await Task.WhenAll(sent).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        return budget;
    }

    private static Hold Hold(ApiServer server, string door) =>
        server.Grains.Held.GetOrAdd(door.StartsWith("otlp", StringComparison.Ordinal) || door == "grpc" ? "one/t:0af7651916cd43dd8448eb211c80319c" : "one/t:t", _ => new Hold());

    private static (string, string)[] SettingsFor(RefusalReason reason) => reason switch
    {
        RefusalReason.ProjectBytes => [("Actors:Ingestion:MaxBytesUnderWayPerProject", "1024")],
        RefusalReason.AllBytes => [("Actors:Ingestion:MaxBytesUnderWay", "1024")],
        RefusalReason.Memory => [("Actors:Ingestion:MemoryLimitMb", "1")],
        RefusalReason.ReadModel => [("Actors:Ingestion:MaxReadModelLag", "00:00:01")],
        _ => [],
    };

    // What makes a server refuse: a request that is held, a read model that is behind, a log that is full.
    private static async Task<IAsyncDisposable> LoadAsync(ApiServer server, RefusalReason reason)
    {
        switch (reason)
        {
            case RefusalReason.ProjectBytes or RefusalReason.AllBytes:
                var hold = server.Grains.Held.GetOrAdd($"one/t:{Big}", _ => new Hold());
                var slow = server.IngestAsync(Parsing.Batch(Parsing.Event("trace-create", $$"""{"id":"{{Big}}"}""")));
                await hold.Begun.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
                return new Release(hold, slow);
            case RefusalReason.ReadModel:
                server.Grains.Analytics.Status = new AnalyticsStatus(1, 2, TimeSpan.FromDays(1));
                var lag = server.Services.GetRequiredService<ReadModelLag>();
                lag.Admits(FakeProjects.One.Id);
                await lag.SettleAsync(FakeProjects.One.Id);
                break;
            case RefusalReason.LogQueue:
                foreach (var stream in new[] { "t", "0af7651916cd43dd8448eb211c80319c" })
                {
                    server.Grains.Failures[$"one/t:{stream}"] = () => new EventLogOverloadedException("full");
                }

                break;
        }

        return new Release(null, Task.CompletedTask);
    }

    private static async Task<Refused> PostAsync(ApiServer server, string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await server.Client.PostAsync(new Uri(path, UriKind.Relative), content);
        if (response.StatusCode != HttpStatusCode.TooManyRequests)
        {
            return new Refused(null, response.StatusCode.ToString());
        }

        var body = System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("rate_limited", (string)body["code"]!);
        return new Refused((int)response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, (string)body["message"]!);
    }

    private static async Task<Refused> ExportAsync(ApiServer server)
    {
        using var channel = GrpcChannel.ForAddress(OtlpGrpc.Address(server));
        var headers = new Metadata { { "authorization", ApiServer.Basic("pk-lf-1", "sk-lf-1").ToString() } };
        try
        {
            await channel.CreateCallInvoker().AsyncUnaryCall(OtlpGrpc.Export(), null, new CallOptions(headers), Span.ToProtobuf());
            return new Refused(null, "OK");
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.ResourceExhausted)
        {
            // Ends with the delay of a RetryInfo: a Duration whose field 1 holds the seconds.
            return new Refused(e.Trailers.GetValueBytes("grpc-status-details-bin")![^1], e.Status.Detail);
        }
    }

    private sealed record Refused(int? RetryAfterSeconds, string Message);

    private sealed class Release(Hold? hold, Task slow) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            hold?.Released.TrySetResult();
            await slow;
        }
    }

    /// <summary>Counts as an exporter would.</summary>
    private sealed class RefusalMeter : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly List<(string, long)> _counts = [];

        public RefusalMeter(ApiServer server)
        {
            var factory = server.Services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "actors.ingest.refused" && instrument.Meter.Scope == factory)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>(
                (_, count, tags, _) => _counts.Add((Convert.ToString(tags[0].Value, CultureInfo.InvariantCulture)!, count)));
            _listener.Start();
        }

        public IReadOnlyList<(string Reason, long Count)> Read()
        {
            _counts.Clear();
            _listener.RecordObservableInstruments();
            return [.. _counts.Where(c => c.Item2 > 0)];
        }

        public void Dispose() => _listener.Dispose();
    }
}
