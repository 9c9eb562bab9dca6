using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Actors.Web.Auth;

/// <summary>The key of whoever runs the server; section <c>Actors:Admin</c>.</summary>
public sealed class AdminOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Actors:Admin";

    /// <summary>
    /// Opens <c>/api/admin</c>, and project routes on behalf of any project. Also read from <c>ADMIN_API_KEY</c>. Empty: both
    /// are closed.
    /// </summary>
    public string ApiKey { get; set; } = "";
}

/// <summary>Compares what callers show with the key of whoever runs the server, in constant time.</summary>
internal sealed class AdminKey(IOptions<AdminOptions> options)
{
    private const string Scheme = "Bearer ";

    private readonly byte[]? _hash = options.Value.ApiKey is { Length: > 0 } key ? Hash(key) : null;

    /// <summary>Whether there is a key at all.</summary>
    public bool IsSet => _hash is not null;

    /// <summary>Whether the caller shows the key as a bearer token.</summary>
    public bool IsShown(HttpRequest request)
    {
        string? header = request.Headers.Authorization;
        return header is not null && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && IsKey(header[Scheme.Length..].Trim());
    }

    /// <summary>
    /// Whether the caller acts for a project: the key in both headers, and the project's id in a third (langfuse-api §0.2).
    /// </summary>
    public bool IsOnBehalfOfProject(HttpRequest request, [NotNullWhen(true)] out string? projectId)
    {
        projectId = Header(request, "x-langfuse-project-id");
        return projectId is not null && Header(request, "x-langfuse-admin-api-key") is { } key && IsKey(key) && IsShown(request);
    }

    private static string? Header(HttpRequest request, string name) =>
        request.Headers[name] is [{ Length: > 0 } value] ? value
        : request.Headers[name.Replace('-', '_')] is [{ Length: > 0 } underscored] ? underscored : null;

    private bool IsKey(string shown) => _hash is not null && CryptographicOperations.FixedTimeEquals(_hash, Hash(shown));

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
