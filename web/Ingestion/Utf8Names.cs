using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Actors.Web.Ingestion;

/// <summary>Finds a value by a JSON name without making a string of it.</summary>
internal sealed class Utf8Names<T>
{
    private const int Buckets = 256;

    private readonly (byte[] Name, T Value)[]?[] _buckets = new (byte[], T)[]?[Buckets];

    public Utf8Names(IEnumerable<KeyValuePair<string, T>> names)
    {
        foreach (var group in names.Select(n => (Encoding.UTF8.GetBytes(n.Key), n.Value)).GroupBy(n => Hash(n.Item1)))
        {
            _buckets[group.Key] = [.. group];
        }
    }

    public bool TryFind(ReadOnlySpan<byte> name, [MaybeNullWhen(false)] out T value)
    {
        if (!name.IsEmpty && _buckets[Hash(name)] is { } bucket)
        {
            foreach (var entry in bucket)
            {
                if (name.SequenceEqual(entry.Name))
                {
                    value = entry.Value;
                    return true;
                }
            }
        }

        value = default;
        return false;
    }

    private static int Hash(ReadOnlySpan<byte> name) =>
        ((name.Length * 31) + (name[0] * 7) + (name[name.Length / 2] * 5) + (name[^1] * 3)) & (Buckets - 1);
}
