namespace Actors.Testing.Processes;

/// <summary>Where the source tree is that the running tests were built from.</summary>
public static class RepositoryRoot
{
    /// <summary>The directory that holds <c>Actors.sln</c>.</summary>
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    /// <summary>A path below the root.</summary>
    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find(string start)
    {
        for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(at.FullName, "Actors.sln")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException($"No directory above '{start}' holds Actors.sln; run the tests from where they were built.");
    }
}
