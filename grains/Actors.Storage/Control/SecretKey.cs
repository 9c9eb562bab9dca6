using System.Security.Cryptography;
using System.Text;

namespace Actors.Storage.Control;

/// <summary>What is stored of a secret key. The keys are long and random, so a plain hash is enough and is fast.</summary>
internal static class SecretKey
{
    private const int ShownCharacters = 4;

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public static string Hash(string secretKey) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secretKey)));

    /// <summary>The form for people: <c>sk-lf-...abcd</c>. A secret too short to hide shows nothing of itself.</summary>
    public static string Display(string secretKey) =>
        "sk-lf-..." + (secretKey.Length >= 4 * ShownCharacters ? secretKey[^ShownCharacters..] : string.Empty);
}
