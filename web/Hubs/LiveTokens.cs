using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Live;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Actors.Web.Hubs;

/// <summary>
/// Tokens for browsers, which must not have the secret key and can set no header on a socket. A token says itself what it opens
/// and when it ends; the keys of ASP.NET Core Data Protection sign and encrypt it.
/// </summary>
internal sealed class LiveTokens(IDataProtectionProvider provider, TimeProvider time)
{
    /// <summary>Begins every token, so that none is taken for a key.</summary>
    public const string Prefix = "live_";

    private const int MaxLength = 8_000;

    private readonly IDataProtector _protector = provider.CreateProtector("actors.live.token.v1");

    public string Write(LiveAccess access, DateTimeOffset expiresAt)
    {
        var content = new TokenContent(
            access.Project.Value, access.Filter.Text, access.TraceId, access.Detail, expiresAt.ToUnixTimeMilliseconds());
        var bytes = JsonSerializer.SerializeToUtf8Bytes(content, TokenJson.Default.TokenContent);
        return Prefix + WebEncoders.Base64UrlEncode(_protector.Protect(bytes));
    }

    /// <summary>What a token opens; null when it is forged, too old or none at all.</summary>
    public LiveAccess? Read(string token)
    {
        if (token.Length > MaxLength || !token.StartsWith(Prefix, StringComparison.Ordinal) || Open(token) is not { } content)
        {
            return null;
        }

        var expiresAt = DateTimeOffset.FromUnixTimeMilliseconds(content.Expires);
        if (expiresAt <= time.GetUtcNow() || LiveFilter.TryParse(content.Filter, out var filter) is not null)
        {
            return null;
        }

        return new LiveAccess(new ProjectId(content.Project))
        {
            Filter = filter,
            TraceId = content.Trace,
            Detail = content.Detail,
            ExpiresAt = expiresAt,
        };
    }

    private TokenContent? Open(string token)
    {
        try
        {
            var bytes = _protector.Unprotect(WebEncoders.Base64UrlDecode(token, Prefix.Length, token.Length - Prefix.Length));
            return JsonSerializer.Deserialize(bytes, TokenJson.Default.TokenContent);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }
}

/// <summary>What is inside a token.</summary>
internal sealed record TokenContent(string Project, string Filter, string? Trace, bool Detail, long Expires);

[JsonSerializable(typeof(TokenContent))]
internal sealed partial class TokenJson : JsonSerializerContext;
