using Actors.Grains.Pricing;
using Actors.LoadGen.Workload;
using Actors.Tracing;
using Actors.Web.Ingestion;

namespace Actors.Benchmarks;

/// <summary>The request that all benchmarks are about: three traces, 21 events, always the same.</summary>
internal static class CanonicalRequest
{
    private static readonly DateTimeOffset End = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The project of the rows.</summary>
    public static ProjectId Project { get; } = new("bench");

    /// <summary>The body.</summary>
    public static byte[] Body() => new CanonicalWorkload(run: 1).RenderMany(1, End)[0];

    /// <summary>The first trace as the row that it becomes.</summary>
    public static LogRow Row()
    {
        var stream = IngestionParser.Parse(Body(), PriceBooks.Current.AttributeKeys).Streams[0];
        return new LogRow
        {
            Stream = stream.Stream,
            Version = 1,
            Position = 1,
            PriceBook = Grains.Pricing.PriceBooks.Current.Version,
            ReceivedAt = End,
            Events = stream.Events,
        };
    }
}
