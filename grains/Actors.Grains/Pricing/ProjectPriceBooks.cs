using System.Collections.Concurrent;
using Actors.Pricing;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Pricing;

/// <summary>
/// The price books of all projects that this process works for. A project's models are read once, before its first row is
/// folded, and again when a row names a revision that is not known yet. What another process changes is noticed within
/// <see cref="RefreshAge"/>; what this one changes, at once. One small object stays for each project.
/// </summary>
internal sealed partial class ProjectPriceBooks(
    IModelStore store, BuiltInBooks builtIn, TimeProvider time, ILogger<ProjectPriceBooks> logger)
{
    /// <summary>How long a project's models are taken for unchanged.</summary>
    public static readonly TimeSpan RefreshAge = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<ProjectId, Entry> _entries = [];

    /// <summary>Makes the books at hand up to that of a stamp. Completes at once unless something must be read.</summary>
    public ValueTask PrepareAsync(ProjectId project, int stamp, CancellationToken cancellationToken)
    {
        if (!_entries.TryGetValue(project, out var entry))
        {
            return new(ReadAsync(project, cancellationToken));
        }

        var revision = BookStamp.Of(stamp).Revision;
        return revision <= entry.Prices.Models.Revision || (revision <= entry.Missing && !IsOld(entry))
            ? default
            : new(ReadMissingAsync(project, revision, cancellationToken));
    }

    /// <summary>The books of a project that was prepared.</summary>
    /// <exception cref="InvalidOperationException">It was not.</exception>
    public ProjectPrices Get(ProjectId project)
    {
        if (!_entries.TryGetValue(project, out var entry))
        {
            throw new InvalidOperationException($"The prices of project {project} were not prepared.");
        }

        if (IsOld(entry) && Interlocked.Exchange(ref entry.IsRefreshing, 1) == 0)
        {
            _ = RefreshAsync(project, entry);
        }

        return entry.Prices;
    }

    /// <summary>Reads the models of a project as they are now.</summary>
    public async Task<ProjectPrices> ReadAsync(ProjectId project, CancellationToken cancellationToken)
    {
        var models = await store.ReadAsync(project, cancellationToken);
        var entry = _entries.GetOrAdd(project, _ => new Entry(new ProjectPrices(builtIn)));
        entry.Prices.Install(models);
        Volatile.Write(ref entry.ReadAt, time.GetTimestamp());
        return entry.Prices;
    }

    private async Task ReadMissingAsync(ProjectId project, int revision, CancellationToken cancellationToken)
    {
        var prices = await ReadAsync(project, cancellationToken);
        if (prices.Models.Revision < revision)
        {
            _entries[project].Missing = revision;
            LogMissing(project.Value, revision, prices.Models.Revision);
        }
    }

    private async Task RefreshAsync(ProjectId project, Entry entry)
    {
        try
        {
            await ReadAsync(project, CancellationToken.None);
        }
        catch (Exception e)
        {
            // The models that are known stay in force; the next try is due after another age.
            Volatile.Write(ref entry.ReadAt, time.GetTimestamp());
            LogRefreshFailed(e, project.Value);
        }
        finally
        {
            Volatile.Write(ref entry.IsRefreshing, 0);
        }
    }

    private bool IsOld(Entry entry) => time.GetElapsedTime(Volatile.Read(ref entry.ReadAt)) >= RefreshAge;

    private sealed class Entry(ProjectPrices prices)
    {
        public long ReadAt;
        public int IsRefreshing;

        public ProjectPrices Prices { get; } = prices;

        /// <summary>The highest revision that was looked for in vain.</summary>
        public int Missing { get; set; }
    }
}
