namespace Actors.LoadGen;

/// <summary>Finds the server that is measured.</summary>
internal static class BuiltServer
{
    private const string Built = "silo/bin/Release/net10.0/Actors.Silo.dll";

    /// <summary>The file that was named, or else the one that this repository has built.</summary>
    /// <exception cref="FormatException">It is not there.</exception>
    public static string Find(string given)
    {
        if (given.Length > 0)
        {
            return File.Exists(given) ? Path.GetFullPath(given) : throw new FormatException($"There is no server at '{given}'.");
        }

        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, Built)))
            {
                return Path.Combine(folder, Built);
            }
        }

        throw new FormatException($"{Built} is not built. Run: dotnet build silo -c Release");
    }
}
