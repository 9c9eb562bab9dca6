using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
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

    /// <summary>
    /// Whether the dashboard of Orleans is served at <c>/admin/orleans</c>. It samples every second and takes 2 % of a core of an
    /// idle server. Default null: when there is a key to sign in with.
    /// </summary>
    public bool? OrleansDashboard { get; set; }

    /// <summary>How long a sign-in to <c>/admin</c> lasts. 1 minute to 1 day; default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan SignInLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often a wrong key may be shown from one address within five minutes. 1 to 1,000; default 10.</summary>
    [Range(1, 1_000)]
    public int SignInAttempts { get; set; } = 10;

    /// <summary>Whether the dashboard of Orleans is served.</summary>
    public bool ServesOrleansDashboard => OrleansDashboard ?? ApiKey.Length > 0;

    /// <summary>What the settings say, for what is decided before there are services.</summary>
    public static AdminOptions Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = configuration.GetSection(Section).Get<AdminOptions>() ?? new AdminOptions();
        options.Complete(configuration);
        return options;
    }

    internal void Complete(IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(ApiKey))
        {
            ApiKey = configuration["ADMIN_API_KEY"] ?? "";
        }
    }
}

/// <summary>Checks <see cref="AdminOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class AdminOptionsValidator : IValidateOptions<AdminOptions>;

/// <summary>Compares what callers show with the key of whoever runs the server, in constant time.</summary>
internal sealed class AdminKey(IOptions<AdminOptions> options)
{
    private const string Scheme = "Bearer ";

    private readonly byte[]? _hash = options.Value.ApiKey is { Length: > 0 } key ? Hash(key) : null;

    /// <summary>Whether there is a key at all.</summary>
    public bool IsSet => _hash is not null;

    /// <summary>
    /// Stands for the key in what is handed out in its name, so that a sign-in ends with the key that opened it. Null without one.
    /// </summary>
    public string? Mark => _hash is null ? null : Convert.ToHexStringLower(SHA256.HashData(_hash));

    /// <summary>Whether this is the key.</summary>
    public bool IsKey(string shown) => _hash is not null && CryptographicOperations.FixedTimeEquals(_hash, Hash(shown));

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

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
