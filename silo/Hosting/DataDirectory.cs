namespace Actors.Silo.Hosting;

/// <summary>The folder that holds everything the server keeps. Setting <c>Actors:DataDirectory</c>.</summary>
internal static class DataDirectory
{
    /// <summary>The configuration key.</summary>
    public const string Key = "Actors:DataDirectory";

    /// <summary>Creates the folder and makes sure that it can be written.</summary>
    /// <exception cref="StartupException">It cannot.</exception>
    public static string Prepare(IConfiguration configuration)
    {
        var path = Path.GetFullPath(configuration[Key] is { Length: > 0 } set ? set : "data");
        try
        {
            Directory.CreateDirectory(path);
            var probe = Path.Combine(path, $".write-{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"{Key} is '{path}', which cannot be written: {e.Message.TrimEnd('.')}. Choose another with --{Key}=FOLDER or Actors__DataDirectory.");
        }
    }
}
