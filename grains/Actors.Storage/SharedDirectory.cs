namespace Actors.Storage;

/// <summary>
/// The directory that all nodes see: files of traces, the keys that protect cookies and secrets, and the first project's keys.
/// </summary>
public sealed class SharedDirectory
{
    /// <summary>The setting that names the directory.</summary>
    public const string Setting = "Actors:SharedDirectory";

    private SharedDirectory(string path, bool isAlone)
    {
        Path = path;
        IsAlone = isAlone;
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>Whether no other process writes here.</summary>
    public bool IsAlone { get; }

    /// <summary>The directory that the options name, created when it is missing.</summary>
    /// <exception cref="StorageSetupException">It cannot be created.</exception>
    public static SharedDirectory Open(StorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var full = System.IO.Path.GetFullPath(options.EffectiveSharedDirectory);
        try
        {
            Directory.CreateDirectory(full);
            return new SharedDirectory(full, !options.IsPostgres);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            var setting = string.IsNullOrWhiteSpace(options.SharedDirectory) ? DataDirectory.Setting : Setting;
            throw new StorageSetupException(
                $"The directory '{full}' cannot be created or written ({e.Message}) Set {setting} to a writable directory.", e);
        }
    }

    /// <summary>The full path of a file in the directory.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);
}
