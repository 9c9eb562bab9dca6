namespace Actors.LoadGen.Workload;

/// <summary>
/// The one workload that all figures are about: requests of 3 traces, 21 events. Safe for concurrent callers; the same
/// run id and number give the same request.
/// </summary>
internal sealed class CanonicalWorkload
{
    /// <summary>Traces of one request.</summary>
    public const int TracesPerRequest = 3;

    /// <summary>Events of one request.</summary>
    public const int EventsPerRequest = TracesPerRequest * TraceTemplate.Events;

    /// <summary>The name of the traces, and of their scores, that measure the way to the browser.</summary>
    public const string ProbeName = "load-probe";

    private const int Templates = 64;

    // Probes have numbers of their own, far away from those of the load.
    private const ulong FirstProbe = 1UL << 40;

    private readonly TraceTemplate[] _templates = [.. Enumerable.Range(0, Templates).Select(seed => TemplateWriter.Write(seed))];
    private readonly TraceTemplate _probe = TemplateWriter.Write(Templates, ProbeName);
    private readonly ulong _run;

    /// <param name="run">Keeps the ids of two runs apart.</param>
    public CanonicalWorkload(int run)
    {
        _run = (ulong)run << 42;
        BufferSize = Frame.Prefix.Length + Frame.Suffix.Length + (TracesPerRequest * (_templates.Max(t => t.Length) + 1));
    }

    /// <summary>Enough bytes for any request.</summary>
    public int BufferSize { get; }

    /// <summary>Writes request <paramref name="number"/> and returns its length.</summary>
    public int Render(Span<byte> buffer, long number, DateTimeOffset end, out decimal costUsd)
    {
        costUsd = 0;
        var length = Append(buffer, 0, Frame.Prefix);
        for (var i = 0; i < TracesPerRequest; i++)
        {
            var trace = (number * TracesPerRequest) + i;
            var template = _templates[trace % Templates];
            length = i == 0 ? length : Append(buffer, length, ","u8);
            template.Render(buffer[length..], _run + (ulong)trace, end);
            length += template.Length;
            costUsd += template.CostUsd;
        }

        return Append(buffer, length, Frame.Suffix);
    }

    /// <summary>A request of one marked trace.</summary>
    public byte[] RenderProbe(int number, DateTimeOffset end, out decimal costUsd)
    {
        var body = new byte[Frame.Prefix.Length + _probe.Length + Frame.Suffix.Length];
        var length = Append(body, 0, Frame.Prefix);
        _probe.Render(body.AsSpan(length), _run + FirstProbe + (ulong)number, end);
        Append(body, length + _probe.Length, Frame.Suffix);
        costUsd = _probe.CostUsd;
        return body;
    }

    /// <summary>The trace id of marked trace <paramref name="number"/>.</summary>
    public string ProbeId(int number) => TraceTemplate.TraceId(_run + FirstProbe + (ulong)number);

    /// <summary>Requests made ahead, for measurements that must not pay for making them.</summary>
    public byte[][] RenderMany(int count, DateTimeOffset end)
    {
        var buffer = new byte[BufferSize];
        return [.. Enumerable.Range(0, count).Select(i => buffer.AsSpan(0, Render(buffer, i, end, out _)).ToArray())];
    }

    private static int Append(Span<byte> buffer, int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(buffer[at..]);
        return at + text.Length;
    }

    private static class Frame
    {
        public static ReadOnlySpan<byte> Prefix => "{\"batch\":["u8;

        public static ReadOnlySpan<byte> Suffix =>
            "],\"metadata\":{\"batch_size\":21,\"sdk_name\":\"load\",\"sdk_version\":\"1\",\"public_key\":\"pk-lf-load\"}}"u8;
    }
}
