using System.Security.Cryptography;
using Actors.Connections;
using Microsoft.AspNetCore.DataProtection;

namespace Actors.Web.Auth;

/// <summary>Encrypts secrets with the keys of ASP.NET Core Data Protection, which live in the data directory.</summary>
internal sealed class SecretProtector(IDataProtectionProvider provider) : ISecretProtector
{
    private const string Application = "actors.secrets";

    public string Protect(string purpose, string secret) => provider.CreateProtector(Application, purpose).Protect(secret);

    public string? Unprotect(string purpose, string protectedText)
    {
        try
        {
            return provider.CreateProtector(Application, purpose).Unprotect(protectedText);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
