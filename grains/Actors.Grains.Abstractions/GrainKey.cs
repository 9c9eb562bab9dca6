using Actors.Tracing;

namespace Actors;

/// <summary>The string keys of grains. A project id has no slash, so the first one ends it.</summary>
public static class GrainKey
{
    /// <summary>The key of the grain of one stream: <c>{project}/{stream}</c>.</summary>
    public static string ForStream(ProjectId project, StreamId stream) => string.Concat(project.Value, "/", stream.Value);

    /// <summary>Reads a key made by <see cref="ForStream"/>.</summary>
    /// <exception cref="FormatException"><paramref name="key"/> is no such key.</exception>
    public static (ProjectId Project, StreamId Stream) ParseStream(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            ? (new ProjectId(key[..slash]), StreamId.Parse(key[(slash + 1)..]))
            : throw new FormatException($"'{key}' is not a grain key such as project/t:trace-1.");
    }
}
