using Actors.Tracing;
using Microsoft.Extensions.Options;

namespace Actors.Analytics.Bases;

/// <summary>
/// The bases of all projects on the storage that all nodes see. Safe for concurrent use, by several nodes too.
/// </summary>
internal sealed class BaseShelf(IEventLog log, IOptions<BaseOptions> options, TimeProvider time)
{
    private static readonly TimeSpan TidyInterval = TimeSpan.FromMinutes(1);

    // Longer than any file takes to be copied: what is older was left by a node that died.
    private static readonly TimeSpan LongestWrite = TimeSpan.FromHours(1);

    private readonly string _root = options.Value.Enabled ? options.Value.Directory : "";
    private long? _tidiedAt;

    /// <summary>Whether bases are left and taken.</summary>
    public bool IsUsed => _root.Length > 0;

    /// <summary>The bases of a project; null: none are left or taken.</summary>
    public BaseDirectory? Of(ProjectId project) => IsUsed ? new BaseDirectory(Path.Combine(_root, project.Value)) : null;

    /// <summary>Deletes the bases that must be gone, and those of projects that the log does not know any more. Now and then is enough.</summary>
    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        if (!IsUsed || (_tidiedAt is { } at && time.GetElapsedTime(at) < TidyInterval))
        {
            return;
        }

        _tidiedAt = time.GetTimestamp();
        await TidyNowAsync(cancellationToken);
    }

    /// <inheritdoc cref="TidyAsync"/>
    public async Task TidyNowAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(_root))
        {
            return;
        }

        // Listed before the log is asked: who leaves a first base meanwhile has rows in the log already.
        var projects = Directory.EnumerateDirectories(_root).Select(d => Path.GetFileName(d)).Where(ProjectId.IsValid).Select(d => new ProjectId(d)).ToList();
        var known = projects.Count > 0 ? (await log.ListProjectsAsync(cancellationToken)).ToHashSet() : [];
        foreach (var project in projects)
        {
            if (known.Contains(project))
            {
                Of(project)!.Tidy(time.GetUtcNow(), LongestWrite);
            }
            else
            {
                Of(project)!.DeleteAll();
            }
        }
    }
}
