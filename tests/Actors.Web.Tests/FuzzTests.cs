using Actors.Grains.Pricing;
using Actors.Web.Ingestion;
using Actors.Web.Otlp;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Web.Tests;

/// <summary>Damaged bodies are refused or read, and nothing else ever happens.</summary>
public sealed class FuzzTests
{
    private static readonly string[] Tokens =
        ["null", "true", "-1", "1e999", "1e-400", "\"\"", "\"\\ud800\"", "[]", "{}", "[[[[]]]]", "\"9999-01-01T00:00:00Z\"", "\"x\"", "99999999999999999999", "{\"id\":\"a\",\"id\":\"b\"}"];

    [Fact]
    public void A_body_with_changed_bytes_is_parsed_or_refused()
    {
        byte[][] bodies = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "fixtures"), "langfuse-*.json").Select(File.ReadAllBytes)];
        var damage = Gen.Choose(0, 255).Two().Zip(Gen.Choose(0, 1_000_000)).NonEmptyListOf();
        Check(Prop.ForAll(Gen.Elements(bodies).Zip(damage).ToArbitrary(), input =>
        {
            var body = (byte[])input.Item1.Clone();
            foreach (var ((value, kind), at) in input.Item2)
            {
                body[at % body.Length] = kind < 128 ? (byte)value : body[(at + kind) % body.Length];
            }

            IngestionParser.Parse(body, PriceBooks.Current.AttributeKeys);
            Export(() => OtlpJson.Read(body));
        }));
    }

    [Fact]
    public void A_binary_export_with_changed_bytes_is_read_or_refused()
    {
        var whole = Parsing.Fixture("otlp-genai.pb.bin").ToArray();
        var damage = Gen.Choose(0, 255).Zip(Gen.Choose(0, whole.Length - 1)).NonEmptyListOf();
        Check(Prop.ForAll(damage.ToArbitrary(), changes =>
        {
            var body = (byte[])whole.Clone();
            foreach (var (value, at) in changes)
            {
                body[at] = (byte)value;
            }

            Export(() => OtlpProtobuf.Read(body));
        }));
    }

    [Fact]
    public void An_event_with_any_values_in_its_fields_harms_no_neighbour()
    {
        var field = Gen.Elements(Enumerable.Range(0, (int)BodyField.Count).Select(f => BodyFields.Spelling((BodyField)f)));
        var value = Gen.Elements(Tokens);
        var type = Gen.Elements("trace-create", "span-create", "event-create", "generation-update", "score-create", "observation-create", "tool-create", "nonsense");
        Check(Prop.ForAll(type.Zip(field.Zip(value).ListOf()).ToArbitrary(), input =>
        {
            var (eventType, fields) = input;
            var body = "{" + string.Join(',', fields.Select(f => $"\"{f.Item1}\":{f.Item2}")) + "}";
            var batch = Parsing.Parse(Parsing.Batch(
                Parsing.Event("trace-create", """{"id":"before"}""", "1"),
                Parsing.Event(eventType, body, "2"),
                Parsing.Event("trace-create", """{"id":"after"}""", "3")));
            Assert.Null(batch.Rejection);
            var streams = batch.Streams.Select(s => s.Stream.Value).ToList();
            Assert.Contains("t:before", streams);
            Assert.Contains("t:after", streams);
            Assert.Equal(3, batch.Streams.Sum(s => s.Events.Count) + batch.Errors.Count);
        }));
    }

    [Fact]
    public async Task No_damaged_body_gets_a_5xx()
    {
        await using var server = await ApiServer.StartAsync();
        var random = new System.Random(20260105);
        foreach (var name in new[] { "langfuse-3.39.2-nested-trace.json", "langfuse-otel-5.11.1-nested-trace.json", "otlp-genai.pb.bin", "otlp-genai.pb.gz.bin" })
        {
            var whole = Parsing.Fixture(name).ToArray();
            for (var round = 0; round < 100; round++)
            {
                var body = (byte[])whole.Clone();
                for (var change = 0; change <= round % 7; change++)
                {
                    body[random.Next(body.Length)] = (byte)random.Next(256);
                }

                using var content = new ByteArrayContent(body, 0, round % 10 == 0 ? random.Next(body.Length) : body.Length);
                content.Headers.TryAddWithoutValidation("Content-Type", name.EndsWith("json", StringComparison.Ordinal) ? "application/json" : "application/x-protobuf");
                if (name.Contains(".gz.", StringComparison.Ordinal))
                {
                    content.Headers.ContentEncoding.Add("gzip");
                }

                var path = name.Contains("3.39", StringComparison.Ordinal) ? "/api/public/ingestion" : "/api/public/otel/v1/traces";
                var (status, answer) = await server.PostAsync(path, content);
                Assert.True((int)status is 200 or 207 or 400, $"{name} round {round}: {status} {answer}");
                if (status == System.Net.HttpStatusCode.MultiStatus)
                {
                    Assert.DoesNotContain("\"status\":500", answer, StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public async Task No_values_in_the_body_of_a_single_event_get_a_5xx()
    {
        await using var server = await ApiServer.StartAsync();
        string[] names =
        [
            .. Enumerable.Range(0, (int)BodyField.Count).Select(f => BodyFields.Spelling((BodyField)f)),
            "spanId", "generationId", "prompt", "completion", "traceIds",
        ];
        var random = new System.Random(20260106);
        foreach (var (method, path) in new[]
        {
            ("POST", "scores"), ("POST", "traces"), ("DELETE", "traces"), ("POST", "spans"), ("PATCH", "spans"), ("POST", "generations"),
            ("PATCH", "generations"), ("POST", "events"),
        })
        {
            for (var round = 0; round < 100; round++)
            {
                var fields = Enumerable.Range(0, random.Next(6)).Select(_ => $"\"{names[random.Next(names.Length)]}\":{Tokens[random.Next(Tokens.Length)]}");
                var body = random.Next(10) == 0 ? Tokens[random.Next(Tokens.Length)] : "{" + string.Join(',', fields) + "}";
                var (status, answer) = await server.SendAsync(new HttpMethod(method), "/api/public/" + path, body);
                Assert.True((int)status is 200 or 400, $"{method} {path} round {round} with {body}: {status} {answer}");
            }
        }
    }

    private static void Export(Func<IReadOnlyList<OtlpSpanGroup>> read)
    {
        try
        {
            new OtlpSpanMapper(PriceBooks.Current.AttributeKeys).Map(read(), Parsing.At);
        }
        catch (OtlpFormatException)
        {
            // Refused: that is one of the two right answers.
        }
    }

    // On failure FsCheck's message holds the seed to replay with.
    private static void Check(Property property) => property.Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true));
}
