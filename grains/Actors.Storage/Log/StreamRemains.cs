using Actors.Storage.Formats;
using Actors.Tracing;

namespace Actors.Storage.Log;

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

    /// <summary>Gathers the remains from the rows of a stream by falling version.</summary>
    internal sealed class Gatherer
    {
        private readonly List<byte> _appendIds = [];
        private readonly HashSet<string> _scores = [];
        private long _version;

        public void Add(long version, int kind, int format, byte[] head, byte[] appendId)
        {
            _version = Math.Max(_version, version);
            _appendIds.AddRange(appendId);
            if (kind == RowKind.Deletion)
            {
                _appendIds.AddRange(head);
                return;
            }

            var events = RowCodec.Decode(format, head, body: null, out _);
            _scores.UnionWith(events.OfType<ScoreEvent>().Select(s => s.ScoreId));
        }

        public StreamRemains Gathered() => new(_version, [.. _appendIds.Take(16 * MaxAppendIds)], _scores);
    }
}
