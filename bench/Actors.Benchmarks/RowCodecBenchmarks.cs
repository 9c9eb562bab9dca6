using Actors.LoadGen.Workload;
using Actors.Storage.Formats;
using Actors.Tracing;
using BenchmarkDotNet.Attributes;

namespace Actors.Benchmarks;

/// <summary>What does an event cost on its way into a row of the log and back, with its text and without?</summary>
[MemoryDiagnoser]
public class RowCodecBenchmarks
{
    private readonly IReadOnlyList<StreamEvent> _events = CanonicalRequest.Row().Events;
    private readonly EncodedRow _row = RowCodec.Encode(CanonicalRequest.Row().Events);

    [Benchmark(Baseline = true, OperationsPerInvoke = TraceTemplate.Events)]
    public int DecodeHead() => RowCodec.Decode(RowCodec.Format, _row.Head, null, out _).Length;

    [Benchmark(OperationsPerInvoke = TraceTemplate.Events)]
    public int Decode() => RowCodec.Decode(RowCodec.Format, _row.Head, _row.Body, out _).Length;

    [Benchmark(OperationsPerInvoke = TraceTemplate.Events)]
    public long Encode() => RowCodec.Encode(_events).Length;
}
