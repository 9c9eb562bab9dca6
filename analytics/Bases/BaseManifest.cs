using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Analytics.Schema;
using Actors.Tracing;

namespace Actors.Analytics.Bases;

/// <summary>What a base says of itself: the file <c>base.json</c> beside the copy.</summary>
internal sealed record BaseManifest
{
    /// <summary>The form of this file and of what lies beside it.</summary>
    public const int CurrentFormat = 1;

    /// <inheritdoc cref="CurrentFormat"/>
    public required int Format { get; init; }

    /// <summary><see cref="ReadModelSchema.Version"/> of the copy.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary><see cref="ReadModelSchema.FoldVersion"/> of the copy.</summary>
    public required int FoldVersion { get; init; }

    /// <summary>The log that the copy was built from.</summary>
    public required Guid LogId { get; init; }

    /// <summary>The position of the log up to which the copy holds everything.</summary>
    public required long Position { get; init; }

    /// <summary>The row at that position.</summary>
    public required BaseAnchor Anchor { get; init; }

    /// <summary>The hash of the copy in lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The length of the copy.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>When it was left.</summary>
    public required DateTimeOffset LeftAt { get; init; }

    /// <summary>How long that took.</summary>
    public required double Seconds { get; init; }

    /// <summary>Whether this build understands the copy, and it was built from that log.</summary>
    public bool Fits(Guid logId) =>
        Format == CurrentFormat && SchemaVersion == ReadModelSchema.Version && FoldVersion == ReadModelSchema.FoldVersion && LogId == logId;

    /// <summary>The bytes of the file.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, BaseJson.Default.BaseManifest);

    /// <summary>Reads the file.</summary>
    /// <exception cref="JsonException">It is damaged, or not of a form that this build knows.</exception>
    public static BaseManifest Read(byte[] json) => JsonSerializer.Deserialize(json, BaseJson.Default.BaseManifest) ?? throw new JsonException("null");
}

/// <summary>
/// A row of the log, by which a base and a log recognise each other: a log that was restored from a backup may have grown past a base
/// again, with other rows.
/// </summary>
/// <param name="Stream">The row's stream.</param>
/// <param name="Version">Its version.</param>
/// <param name="ReceivedAt">When its events were received.</param>
internal sealed record BaseAnchor(string Stream, long Version, DateTimeOffset ReceivedAt)
{
    /// <summary>The row at a position; null: the log does not have it, or not any more.</summary>
    public static async Task<BaseAnchor?> FindAsync(IEventLog log, ProjectId project, long position, CancellationToken cancellationToken)
    {
        var rows = await log.ReadChangesAsync(project, position - 1, 1, cancellationToken);
        return rows is [var row, ..] && row.Position == position ? new BaseAnchor(row.Stream.Value, row.Version, row.ReceivedAt) : null;
    }
}

/// <summary>How the manifest is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(BaseManifest))]
internal sealed partial class BaseJson : JsonSerializerContext;
