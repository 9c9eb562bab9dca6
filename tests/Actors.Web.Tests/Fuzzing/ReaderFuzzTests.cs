using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Grains.Pricing;
using Actors.Testing;
using Actors.Tracing;
using Actors.Web.Ingestion;
using Actors.Web.Otlp;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Tests.Fuzzing;

/// <summary>
/// Goal: what the readers of events take can be folded, whatever it holds, and what they do not take they refuse. Method:
/// changed batches and exports go through reader and fold without a network, which is many times as fast; what is beside a
/// changed event comes out as it went in. The seed is printed; <see cref="FuzzRun"/> says how to replay it.
/// </summary>
public sealed class ReaderFuzzTests : IAsyncLifetime
{
    private const int Inputs = 40_000;
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    private static readonly string[] EventFields = [.. Enumerable.Range(0, (int)BodyField.Count).Select(f => BodyFields.Spelling((BodyField)f))];

    private static readonly string[] EventTypes =
        ["trace-create", "span-create", "event-create", "generation-update", "score-create", "observation-create", "tool-create", "sdk-log", "nonsense"];

    private static readonly string[] SpanFields = [.. JsonNode.Parse(FuzzSeeds.Parts.Span)!["scopeSpans"]![0]!["spans"]![0]!.AsObject().Select(p => p.Key)];

    private ApiServer _server = null!;
    private IStreamFolder _folder = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartAsync();
        _folder = _server.Services.GetRequiredService<IStreamFolder>();
        await _folder.PrepareAsync(FakeProjects.One.Id, [], TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public void A_changed_event_is_folded_or_refused_and_harms_no_neighbour() => ForEach("events", Inputs, random =>
    {
        var seed = JsonNode.Parse(FuzzSeeds.Parts.Event)!;
        seed["type"] = EventTypes[random.Next(EventTypes.Length)];
        var changed = new JsonMutator(random, EventFields).Mutate(seed);
        var batch = Parsing.Parse(Parsing.Batch(
            Parsing.Event("trace-create", """{"id":"before"}""", "1"), changed, Parsing.Event("trace-create", """{"id":"after"}""", "3")));
        Assert.Null(batch.Rejection);
        Assert.Equal(["t:after", "t:before"], batch.Streams.Select(s => s.Stream.Value).Where(s => s is "t:before" or "t:after").Order());
        Fold(batch.Streams);
    });

    [Fact]
    public void A_damaged_batch_is_folded_or_refused()
    {
        byte[][] bodies = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "fixtures"), "langfuse-*.json").Select(File.ReadAllBytes)];
        ForEach("batches", Inputs, random =>
        {
            var batch = IngestionParser.Parse(new FuzzInput(bodies[random.Next(bodies.Length)], null).Break(random), PriceBooks.Current.AttributeKeys);
            Assert.True(batch.Rejection is null || batch.Streams.Count == 0);
            Fold(batch.Streams);
        });
    }

    [Fact]
    public void A_changed_export_is_folded_or_refused() => ForEach("exports as JSON", Inputs / 2, random =>
    {
        var changed = new JsonMutator(random, SpanFields).Mutate(JsonNode.Parse(FuzzSeeds.Bodies["POST /v1/traces"].Replace("{hex}", TraceId, StringComparison.Ordinal))!);
        var body = Encoding.UTF8.GetBytes(changed);
        Export(() => OtlpJson.Read(random.Next(4) == 0 ? new FuzzInput(body, null).Break(random) : body));
    });

    [Fact]
    public void A_damaged_binary_export_is_folded_or_refused()
    {
        byte[][] bodies =
        [
            Parsing.Fixture("otlp-genai.pb.bin").ToArray(),
            .. Instrumentations.All.Values.Select(i => i.Item1.ToProtobuf()),
        ];
        ForEach("exports as protobuf", Inputs, random => Export(() => OtlpProtobuf.Read(new FuzzInput(bodies[random.Next(bodies.Length)], null).Break(random))));
    }

    private static void ForEach(string what, int times, Action<Random> each)
    {
        var watch = Stopwatch.StartNew();
        var inputs = FuzzRun.Times(times);
        Console.WriteLine($"Fuzzing {what}: seed {FuzzRun.Seed}");
        Parallel.For(0, inputs, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, number =>
        {
            try
            {
                each(FuzzRun.For(number));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {FuzzRun.Seed}, input {number}", e);
            }
        });
        Console.WriteLine($"Fuzzing {what}: {inputs} inputs without a network in {watch.Elapsed.TotalSeconds:0} s");
    }

    private void Export(Func<IReadOnlyList<OtlpSpanGroup>> read)
    {
        try
        {
            Fold(new OtlpSpanMapper(PriceBooks.Current.AttributeKeys).Map(read(), Parsing.At).Streams);
        }
        catch (OtlpFormatException)
        {
            // Refused: that is one of the two right answers.
        }
    }

    // As the actor folds it, row by row, and as it is read again.
    private void Fold(IReadOnlyList<StreamBatch> streams)
    {
        foreach (var (stream, events) in streams)
        {
            var rows = LogRows.Of(stream, events.Select(e => new Delivery(LogSamples.Noon, PriceBooks.Current.Version, [e])));
            var loaded = _folder.Start(FakeProjects.One.Id, stream, LogText.With);
            loaded.Load(rows);
            var live = _folder.Start(FakeProjects.One.Id, stream, LogText.Without);
            if (rows.All(row => live.TryApply(row, new StreamChanges())))
            {
                Assert.Equal(loaded.GetObservations().Sum(o => o.Cost.TotalUsd), live.GetObservations().Sum(o => o.Cost.TotalUsd));
            }

            foreach (var text in new[] { loaded.GetTrace()?.Metadata, loaded.GetTrace()?.Input }.Concat(loaded.GetObservations().SelectMany(o => new[] { o.Metadata, o.Input, o.Output, o.ModelParameters })))
            {
                if (text is not null)
                {
                    using var _ = JsonDocument.Parse(text);
                }
            }
        }
    }
}
