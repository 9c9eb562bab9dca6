using Actors.Storage.Formats;
using Actors.Tracing;

namespace Actors.Storage.Log;

/// <summary>A row as the table holds it (docs/formats/event-log.md).</summary>
/// <param name="Stream">The stream's id.</param>
/// <param name="Version">The row's version in its stream.</param>
/// <param name="Position">Its position in the change feed.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Format">The format of the blobs.</param>
/// <param name="PriceBook">The price book in force.</param>
/// <param name="ReceivedAt">When it was received, in milliseconds since 1970.</param>
/// <param name="Head">What folding needs.</param>
/// <param name="Body">The text; null: none, or not wanted.</param>
internal readonly record struct StoredRow(
    string Stream, long Version, long Position, int Kind, int Format, int PriceBook, long ReceivedAt, byte[] Head, byte[]? Body)
{
    /// <summary>Decodes the row.</summary>
    /// <param name="length">The number of its unpacked bytes.</param>
    /// <exception cref="EventLogFormatException">The row is damaged or newer than this version; the message names it.</exception>
    public LogRow ToLogRow(out long length)
    {
        try
        {
            if (Kind is not (RowKind.Events or RowKind.Deletion))
            {
                throw new EventLogFormatException($"The row is of the unknown kind {Kind}. Start a newer version.");
            }

            length = 0;
            return new LogRow
            {
                Stream = StreamId.Parse(Stream),
                Version = Version,
                Position = Position,
                PriceBook = PriceBook,
                ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(ReceivedAt),
                IsDeletion = Kind == RowKind.Deletion,
                Events = Kind == RowKind.Deletion ? [] : RowCodec.Decode(Format, Head, Body, out length),
            };
        }
        catch (Exception e) when (e is EventLogFormatException or FormatException or ArgumentOutOfRangeException)
        {
            throw new EventLogFormatException($"Version {Version} of stream '{Stream}' (position {Position}) cannot be read: {e.Message}", e);
        }
    }
}
