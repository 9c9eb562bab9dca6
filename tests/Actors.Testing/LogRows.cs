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

    /// <summary>
    /// The rows of a stream that was deleted behind <paramref name="before"/> and begun anew, as a reader gets them who read
    /// before and after the deletion.
    /// </summary>
    public static IReadOnlyList<LogRow> OfReborn(StreamId stream, IReadOnlyList<Delivery> before, IReadOnlyList<Delivery> after)
    {
        var rows = Of(stream, [.. before, new Delivery(LogSamples.Noon, 0, []), .. after]).ToArray();
        rows[before.Count] = rows[before.Count] with { IsDeletion = true };
        return rows;
    }

    /// <summary>The same rows as a reader gets them who comes after the deletion.</summary>
    public static IReadOnlyList<LogRow> WithoutDeleted(IReadOnlyList<LogRow> rows)
    {
        var deletion = rows.Last(r => r.IsDeletion);
        return [rows[0] with { Events = [], IsDeletion = true }, .. rows.Where(r => r.Version > 1 && r.Version >= deletion.Version)];
    }

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
