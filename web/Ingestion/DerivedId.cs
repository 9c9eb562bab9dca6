using System.Security.Cryptography;
using System.Text;

namespace Actors.Web.Ingestion;

/// <summary>
/// Ids for what a client left without one. They are derived from the event's id, so that sending an event again names the
/// same thing again.
/// </summary>
internal static class DerivedId
{
    public static string From(string eventId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(eventId), hash);
        return new Guid(hash[..16]).ToString();
    }
}
