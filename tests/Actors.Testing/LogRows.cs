using Actors.Tracing;

namespace Actors.Testing;

/// <summary>What one row of the log carries besides its version.</summary>
/// <param name="ReceivedAt">When the server received it.</param>
/// <param name="PriceBook">The price book in force.</param>
/// <param name="Events">The events.</param>
public sealed record Delivery(DateTimeOffset ReceivedAt, int PriceBook, IReadOnlyList<StreamEvent> Events);

/// <summary>Makes the rows of one stream.</summary>
public static class LogRows
{
    /// <summary>One row per delivery. Positions are ten times the versions, as if other streams wrote in between.</summary>
    public static IReadOnlyList<LogRow> Of(StreamId stream, IEnumerable<Delivery> deliveries) =>
        [.. deliveries.Select((d, i) => new LogRow
        {
            Stream = stream,
            Version = i + 1,
            Position = (i + 1) * 10,
            PriceBook = d.PriceBook,
            ReceivedAt = d.ReceivedAt,
            Events = d.Events,
        })];

    /// <summary>One row with everything.</summary>
    public static IReadOnlyList<LogRow> Of(EventScript script, int priceBook = 1)
    {
        ArgumentNullException.ThrowIfNull(script);
        return Of(script.Stream, [new Delivery(LogSamples.Noon, priceBook, script.Events)]);
    }

    /// <summary>The rows as a reader gets them who asks for no text.</summary>
    public static IReadOnlyList<LogRow> WithoutText(IEnumerable<LogRow> rows) =>
        [.. rows.Select(r => r with { Events = [.. r.Events.Select(WithoutText)] })];

    /// <summary>The event as a reader gets it who asks for no text.</summary>
    public static StreamEvent WithoutText(StreamEvent e) => e switch
    {
        TraceEvent t => t with { Input = null, Output = null, Metadata = null },
        ObservationEvent o => o with { Input = null, Output = null, Metadata = null, ModelParameters = null },
        _ => e,
    };
}
