using System.Globalization;

namespace Actors.Storage.Postgres;

/// <summary>
/// What nodes tell each other of the log: <c>project position</c>, for several projects one behind the other, all separated by
/// spaces. Each has committed up to its position.
/// </summary>
internal static class HeadNews
{
    /// <summary>The channel.</summary>
    public const string Channel = "actors_log";

    // A message takes 8,000 bytes; a project with its position, up to 121.
    private const int MostProjects = 60;

    /// <summary>The messages that tell of some projects.</summary>
    public static string[] Write(IEnumerable<KeyValuePair<ProjectId, long>> heads) =>
        [.. heads.Chunk(MostProjects).Select(some => string.Join(' ', some.Select(h => string.Create(CultureInfo.InvariantCulture, $"{h.Key} {h.Value}"))))];

    /// <summary>Reads a message; what cannot be read is left out.</summary>
    public static IEnumerable<KeyValuePair<ProjectId, long>> Read(string message)
    {
        var words = message.Split(' ');
        for (var i = 0; i + 1 < words.Length; i += 2)
        {
            if (ProjectId.IsValid(words[i]) && long.TryParse(words[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            {
                yield return new(new ProjectId(words[i]), position);
            }
        }
    }
}
