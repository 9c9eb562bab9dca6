using System.Security.Cryptography;
using System.Text;

namespace Actors.Storage.Postgres;

/// <summary>
/// The bytes that stand for a score in the index: its id in UTF-8, or, because an entry of an index must fit into a third of a
/// page, 0xFF, which UTF-8 never has, and the hash of a longer one.
/// </summary>
internal static class ScoreKey
{
    private const int MaxLength = 1024;

    public static byte[] Of(string scoreId)
    {
        var id = Encoding.UTF8.GetBytes(scoreId);
        return id.Length <= MaxLength ? id : [0xFF, .. SHA256.HashData(id)];
    }
}
