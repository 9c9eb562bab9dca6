namespace Actors.Storage;

/// <summary>A directory that lives as long as its test.</summary>
internal sealed class TempDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("actors-storage-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
