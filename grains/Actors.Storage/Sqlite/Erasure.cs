using Actors.Storage.Formats;

namespace Actors.Storage.Sqlite;

/// <summary>What a stream leaves behind when it is deleted, read before the writer's turn.</summary>
/// <param name="Version">The stream's version at the time of reading; the writer refuses to act on any other.</param>
/// <param name="AppendIds">
/// The ids of its newest appends, newest first, 16 bytes each: a repetition of one of them must be known for what it is.
/// </param>
/// <param name="ScoreIds">The scores that its rows name.</param>
internal sealed record StreamRemains(long Version, byte[] AppendIds, IReadOnlyCollection<string> ScoreIds)
{
    /// <summary>How many append ids are remembered: repetitions come within seconds.</summary>
    public const int MaxAppendIds = 1_000;

    /// <summary>Whether <paramref name="appendIds"/> of a deletion name an append.</summary>
    public static bool Names(ReadOnlySpan<byte> appendIds, Guid appendId)
    {
        Span<byte> wanted = stackalloc byte[16];
        appendId.TryWriteBytes(wanted, bigEndian: true, out _);
        for (; appendIds.Length >= wanted.Length; appendIds = appendIds[wanted.Length..])
        {
            if (appendIds[..wanted.Length].SequenceEqual(wanted))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Rows of a stream as they shall be without what is deleted, made before the writer's turn.</summary>
/// <param name="Version">The stream's version at the time of reading; the writer refuses to act on any other.</param>
/// <param name="Rows">The rows that change, by version.</param>
internal sealed record Redaction(long Version, IReadOnlyList<(long Version, EncodedRow Row)> Rows)
{
    public long Length => Rows.Sum(r => r.Row.Length);
}
