using System.Collections.Concurrent;
using Actors.Pricing;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Pricing;

/// <summary>
/// The price books of all projects that this process works for. A project's models are read once, before its first row is
/// folded, and again when they changed or a row names a revision that is not known yet. Two processes never give different books
/// the same number: the control plane counts a project's revisions, and a row is stamped with one that was read there. What
/// another process changes is heard at once, and noticed within <see cref="RefreshAge"/> when it is not heard; what this one
/// changes, at once. One small object stays for each project.
/// </summary>
internal sealed partial class ProjectPriceBooks
{
    /// <summary>How long a project's models are taken for unchanged.</summary>
    public static readonly TimeSpan RefreshAge = TimeSpan.FromSeconds(10);

    private readonly IModelStore _store;
    private readonly BuiltInBooks _builtIn;
    private readonly TimeProvider _time;
    private readonly ILogger<ProjectPriceBooks> _logger;
    private readonly ConcurrentDictionary<ProjectId, Entry> _entries = [];
    private readonly ConcurrentDictionary<ProjectId, long> _changes = [];
    private long _allChanges;

    public ProjectPriceBooks(IModelStore store, BuiltInBooks builtIn, TimeProvider time, ILogger<ProjectPriceBooks> logger)
    {
        (_store, _builtIn, _time, _logger) = (store, builtIn, time, logger);
        store.Subscribe(NoteChange);
    }

    /// <summary>Makes the books at hand up to that of a stamp. Completes at once unless something must be read.</summary>
    public ValueTask PrepareAsync(ProjectId project, int stamp, CancellationToken cancellationToken)
    {
        if (!_entries.TryGetValue(project, out var entry))
        {
            return new(ReadAsync(project, cancellationToken));
        }

        var revision = BookStamp.Of(stamp).Revision;
        return revision <= entry.Prices.Models.Revision || (revision <= entry.Missing && !IsOld(project, entry))
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

        if (IsOld(project, entry))
        {
            Refresh(project, entry);
        }

        return entry.Prices;
    }

    /// <summary>Reads the models of a project as they are now.</summary>
    public async Task<ProjectPrices> ReadAsync(ProjectId project, CancellationToken cancellationToken)
    {
        var changes = ChangesOf(project);
        var models = await _store.ReadAsync(project, cancellationToken);
        var entry = _entries.GetOrAdd(project, _ => new Entry(new ProjectPrices(_builtIn)));
        entry.Prices.Install(models, changes);
        Volatile.Write(ref entry.ReadAt, _time.GetTimestamp());
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

    private void NoteChange(ProjectId? changed)
    {
        if (changed is not { } project)
        {
            Interlocked.Increment(ref _allChanges);
            return;
        }

        _changes.AddOrUpdate(project, 1, static (_, changes) => changes + 1);
        if (_entries.TryGetValue(project, out var entry))
        {
            Refresh(project, entry);
        }
    }

    private void Refresh(ProjectId project, Entry entry)
    {
        if (Interlocked.Exchange(ref entry.IsRefreshing, 1) == 0)
        {
            _ = RefreshAsync(project, entry);
        }
    }

    private async Task RefreshAsync(ProjectId project, Entry entry)
    {
        try
        {
            do
            {
                await ReadAsync(project, CancellationToken.None);
            }
            while (entry.Prices.Changes < ChangesOf(project));
        }
        catch (Exception e)
        {
            // The models that are known stay in force; the next try is due after another age.
            Volatile.Write(ref entry.ReadAt, _time.GetTimestamp());
            LogRefreshFailed(e, project.Value);
        }
        finally
        {
            Volatile.Write(ref entry.IsRefreshing, 0);
        }
    }

    // Both only rise, and so does their sum.
    private long ChangesOf(ProjectId project) => _changes.GetValueOrDefault(project) + Volatile.Read(ref _allChanges);

    private bool IsOld(ProjectId project, Entry entry) =>
        entry.Prices.Changes < ChangesOf(project) || _time.GetElapsedTime(Volatile.Read(ref entry.ReadAt)) >= RefreshAge;

    private sealed class Entry(ProjectPrices prices)
    {
        public long ReadAt;
        public int IsRefreshing;

        public ProjectPrices Prices { get; } = prices;

        /// <summary>The highest revision that was looked for in vain.</summary>
        public int Missing { get; set; }
    }
}
