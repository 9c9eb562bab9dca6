namespace Actors.Queries;

/// <summary>The form of an exported list.</summary>
public enum ExportFormat
{
    /// <summary>Comma-separated values (RFC 4180) with a head line, UTF-8.</summary>
    Csv,

    /// <summary>One JSON object a line, UTF-8.</summary>
    JsonLines,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}

/// <summary>A list as a file. Exactly one of <see cref="Traces"/> and <see cref="Observations"/> is set; their pages and limits do not count.</summary>
[GenerateSerializer, Immutable, Alias("actors.ExportQuery")]
public sealed record ExportQuery
{
    /// <summary>The most rows of an export; an answer says when there were more.</summary>
    public const int MaxRows = 100_000;

    /// <summary>Traces in their order; null: not they.</summary>
    [Id(0)]
    public TraceQuery? Traces { get; init; }

    /// <summary>Observations in their order; null: not they.</summary>
    [Id(1)]
    public ObservationQuery? Observations { get; init; }

    /// <summary>The form of the file.</summary>
    [Id(2)]
    public ExportFormat Format { get; init; }
}

/// <summary>A piece of an exported file. The pieces of one export come in order and make the file.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="Rows">How many rows the whole file has.</param>
/// <param name="IsCut">Whether there are more rows than the file may have.</param>
[GenerateSerializer, Immutable, Alias("actors.ExportChunk")]
public sealed record ExportChunk([property: Id(0)] byte[] Bytes, [property: Id(1)] int Rows, [property: Id(2)] bool IsCut);
