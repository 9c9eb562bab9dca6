using Actors.Grains.Pricing;
using Actors.LoadGen.Workload;
using Actors.Tracing;
using Actors.Web.Ingestion;

namespace Actors.LoadGen.Logs;

/// <summary>New streams of one row each, with the first twenty events of the requests of the canonical workload. Safe for concurrent callers.</summary>
internal sealed class RowSource
{
    /// <summary>Events of a row.</summary>
    public const int Events = 20;

    private const int Requests = 64;

    private readonly StreamEvent[][] _rows;
    private long _next;

    public RowSource()
    {
        var bodies = new CanonicalWorkload(run: 1).RenderMany(Requests, TimeProvider.System.GetUtcNow());
        _rows =
        [
            .. bodies.Select(body =>
                IngestionParser.Parse(body, PriceBooks.Current.AttributeKeys).Streams.SelectMany(s => s.Events).Take(Events).ToArray()),
        ];
    }

    /// <summary>The next row. Its scores have ids that no other row has, because each has its place in the index.</summary>
    public LogAppend Next(ProjectId project)
    {
        var number = Interlocked.Increment(ref _next);
        var trace = Guid.NewGuid().ToString("N");
        return new LogAppend
        {
            Project = project,
            Stream = StreamId.ForTrace(trace),
            Version = 1,
            AppendId = Guid.NewGuid(),
            PriceBook = PriceBooks.Current.Version,
            ReceivedAt = TimeProvider.System.GetUtcNow(),
            Events = [.. _rows[number % Requests].Select((e, i) => e is ScoreEvent score ? score with { ScoreId = $"{trace}-{i}" } : e)],
        };
    }
}
