using System.Text.Json;
using Actors.Grains.Pricing;
using Actors.LoadGen.Workload;
using Actors.Web.Ingestion;
using BenchmarkDotNet.Attributes;

namespace Actors.Benchmarks;

/// <summary>What does reading an event cost, beside walking over its JSON tokens without keeping anything?</summary>
[MemoryDiagnoser]
public class ParseBenchmarks
{
    private readonly byte[] _body = CanonicalRequest.Body();

    [Benchmark(Baseline = true, OperationsPerInvoke = CanonicalWorkload.EventsPerRequest)]
    public int Tokens()
    {
        var reader = new Utf8JsonReader(_body);
        var tokens = 0;
        while (reader.Read())
        {
            tokens++;
        }

        return tokens;
    }

    [Benchmark(OperationsPerInvoke = CanonicalWorkload.EventsPerRequest)]
    public int Parse() => IngestionParser.Parse(_body, PriceBooks.Current.AttributeKeys).Streams.Count;
}
