using System.Security.Cryptography;
using System.Text.Json;
using Actors.Access;
using Actors.Storage;

namespace Actors.Silo.Hosting;

/// <summary>
/// The project and keys of the first start: from the <c>LANGFUSE_INIT_*</c> variables when they are set, else made once and
/// kept in <c>first-project.json</c> in the data directory, because the server itself stores only a hash of the secret.
/// </summary>
internal static class FirstProject
{
    private const string FileName = "first-project.json";
    private const string Prefix = "LANGFUSE_INIT_";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>Reads the set-up, or makes it and keeps it.</summary>
    /// <exception cref="StartupException">A variable or the file is damaged.</exception>
    public static ProjectSetup Load(IConfiguration configuration, DataDirectory data)
    {
        var publicKey = configuration[Prefix + "PROJECT_PUBLIC_KEY"];
        var secretKey = configuration[Prefix + "PROJECT_SECRET_KEY"];
        if (string.IsNullOrEmpty(publicKey) != string.IsNullOrEmpty(secretKey))
        {
            throw new StartupException($"Set both {Prefix}PROJECT_PUBLIC_KEY and {Prefix}PROJECT_SECRET_KEY, or neither.");
        }

        var kept = string.IsNullOrEmpty(publicKey) ? LoadOrMakeKeys(data.File(FileName)) : new KeptKeys(publicKey, secretKey!);
        var projectId = configuration[Prefix + "PROJECT_ID"] is { Length: > 0 } id ? id : "my-project";
        if (!ProjectId.IsValid(projectId))
        {
            throw new StartupException(
                $"{Prefix}PROJECT_ID is '{projectId}'; it takes 1 to {ProjectId.MaxLength} characters of A-Z a-z 0-9 _ - . and no leading dot.");
        }

        return new ProjectSetup
        {
            OrganizationId = configuration[Prefix + "ORG_ID"] is { Length: > 0 } org ? org : "my-organization",
            OrganizationName = configuration[Prefix + "ORG_NAME"] is { Length: > 0 } orgName ? orgName : "My organization",
            ProjectId = new ProjectId(projectId),
            ProjectName = configuration[Prefix + "PROJECT_NAME"] is { Length: > 0 } name ? name : "My project",
            PublicKey = kept.PublicKey,
            SecretKey = kept.SecretKey,
        };
    }

    /// <summary>A new pair of keys.</summary>
    public static (string PublicKey, string SecretKey) NewKeys() =>
        ($"pk-lf-{Guid.NewGuid()}", $"sk-lf-{new Guid(RandomNumberGenerator.GetBytes(16))}");

    private static KeptKeys LoadOrMakeKeys(string path)
    {
        if (File.Exists(path))
        {
            return Read(path);
        }

        var (publicKey, secretKey) = NewKeys();
        var keys = new KeptKeys(publicKey, secretKey);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            // The secret is nobody else's.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        JsonSerializer.Serialize(file, keys, Json);
        return keys;
    }

    private static KeptKeys Read(string path)
    {
        try
        {
            var keys = JsonSerializer.Deserialize<KeptKeys>(File.ReadAllText(path));
            return keys is { PublicKey.Length: > 0, SecretKey.Length: > 0 } ? keys : throw Damaged(path);
        }
        catch (JsonException)
        {
            throw Damaged(path);
        }
    }

    private static StartupException Damaged(string path) =>
        new($"'{path}' is damaged. Restore it, or delete it to have new keys made.");

    private sealed record KeptKeys(string PublicKey, string SecretKey);
}
