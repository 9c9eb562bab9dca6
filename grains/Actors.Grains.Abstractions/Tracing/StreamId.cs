using System.Diagnostics.CodeAnalysis;

namespace Actors.Tracing;

/// <summary>What a stream of the event log belongs to.</summary>
public enum StreamKind
{
    /// <summary>One trace with its observations and scores.</summary>
    Trace,

    /// <summary>The scores that a session got of its own.</summary>
    Session,

    /// <summary>The scores that a dataset run got of its own.</summary>
    Run,
}

/// <summary>
/// The id of one stream of the event log: a kind and the id that the client chose, written <c>t:{traceId}</c>,
/// <c>s:{sessionId}</c> or <c>r:{runId}</c>. The client's part has 1 to 800 characters and no control characters.
/// </summary>
[GenerateSerializer, Immutable, Alias("actors.StreamId")]
public readonly record struct StreamId
{
    /// <summary>The longest client part, in characters (langfuse-api: ids have 1 to 800).</summary>
    public const int MaxIdLength = 800;

    private StreamId(string value) => Value = value;

    /// <summary>The whole id with its prefix.</summary>
    [Id(0)]
    public string Value { get; }

    /// <summary>What the stream belongs to.</summary>
    public StreamKind Kind => Value[0] switch
    {
        't' => StreamKind.Trace,
        's' => StreamKind.Session,
        _ => StreamKind.Run,
    };

    /// <summary>The client's part, without the prefix.</summary>
    public string Id => Value[2..];

    /// <summary>The stream of the trace <paramref name="traceId"/>.</summary>
    public static StreamId ForTrace(string traceId) => Create('t', traceId);

    /// <summary>The stream of the scores of session <paramref name="sessionId"/>.</summary>
    public static StreamId ForSession(string sessionId) => Create('s', sessionId);

    /// <summary>The stream of the scores of dataset run <paramref name="runId"/>.</summary>
    public static StreamId ForRun(string runId) => Create('r', runId);

    /// <summary>Reads the form that <see cref="ToString"/> prints.</summary>
    /// <exception cref="FormatException"><paramref name="value"/> is not a stream id.</exception>
    public static StreamId Parse(string value) =>
        value is [ 't' or 's' or 'r', ':', ..] && IsValidId(value[2..])
            ? new StreamId(value)
            : throw new FormatException($"'{value}' is not a stream id such as t:trace-1.");

    /// <summary>Whether <paramref name="id"/> may be the client's part of a stream id.</summary>
    public static bool IsValidId([NotNullWhen(true)] string? id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > MaxIdLength)
        {
            return false;
        }

        foreach (var c in id)
        {
            if (char.IsControl(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static StreamId Create(char prefix, string id) =>
        IsValidId(id)
            ? new StreamId(string.Concat(prefix.ToString(), ":", id))
            : throw new ArgumentException($"An id has 1 to {MaxIdLength} characters and no control characters.", nameof(id));
}
