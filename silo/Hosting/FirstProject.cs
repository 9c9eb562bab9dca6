using System.Security.Cryptography;
using System.Text.Json;
using Actors.Access;
using Actors.Storage;

namespace Actors.Silo.Hosting;

/// <summary>
/// The project and keys of the first start: from the <c>LANGFUSE_INIT_*</c> variables when they are set, else made once and
/// kept in <c>first-project.json</c> in the directory that all nodes see, because the server itself stores only a hash of the
/// secret. Of nodes that start at once one makes the keys, and all take them.
/// </summary>
internal static class FirstProject
{
    private const string FileName = "first-project.json";
    private const string Prefix = "LANGFUSE_INIT_";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>Reads the set-up, or makes it and keeps it.</summary>
    /// <exception cref="StartupException">A variable or the file is damaged.</exception>
    public static ProjectSetup Load(IConfiguration configuration, SharedDirectory shared)
    {
        var publicKey = configuration[Prefix + "PROJECT_PUBLIC_KEY"];
        var secretKey = configuration[Prefix + "PROJECT_SECRET_KEY"];
        if (string.IsNullOrEmpty(publicKey) != string.IsNullOrEmpty(secretKey))
        {
            throw new StartupException($"Set both {Prefix}PROJECT_PUBLIC_KEY and {Prefix}PROJECT_SECRET_KEY, or neither.");
        }

        var kept = string.IsNullOrEmpty(publicKey) ? LoadOrMakeKeys(shared.File(FileName)) : new KeptKeys(publicKey, secretKey!);
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
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            Write(draft, new KeptKeys(publicKey, secretKey));

            // Whoever sees the file sees all of it, and the first one that is there stays.
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another node was first.
        }
        finally
        {
            File.Delete(draft);
        }

        return Read(path);
    }

    private static void Write(string path, KeptKeys keys)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            // The secret is nobody else's.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        JsonSerializer.Serialize(file, keys, Json);
        file.Flush(flushToDisk: true);
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
