namespace Actors.Analytics.Ingest;

internal sealed partial class ReadModels
{
    /// <summary>Leaves the bases that are due, one after the other.</summary>
    /// <param name="isLast">Whether the silo stops.</param>
    /// <param name="cancellationToken">Gives up, as closing a model does for its base.</param>
    public async Task LeaveBasesAsync(bool isLast, CancellationToken cancellationToken)
    {
        foreach (var entry in DueEntries(isLast))
        {
            if (!cancellationToken.IsCancellationRequested && TryLease(entry) is { } lease)
            {
                using (lease)
                {
                    await lease.Model.LeaveBaseAsync(isLast, cancellationToken);
                }
            }
        }
    }

    private List<Entry> DueEntries(bool isLast)
    {
        lock (_lock)
        {
            return [.. _entries.Values.Where(e => e.Closing is null && e.Opening.IsCompletedSuccessfully && e.Opening.Result.IsBaseDue(isLast))];
        }
    }

    private Lease? TryLease(Entry entry)
    {
        lock (_lock)
        {
            if (entry.Closing is not null)
            {
                return null;
            }

            entry.Leases++;
            return new Lease(this, entry, entry.Opening.Result);
        }
    }

    // A file that was built from the log until now gives way to the base when its readers have gone.
    private async Task ReopenWhenFetchedAsync(ProjectReadModel model)
    {
        if (await model.Fetching is null)
        {
            return;
        }

        Entry? entry;
        lock (_lock)
        {
            entry = _entries.GetValueOrDefault(model.Project);
        }

        if (entry is not null && await entry.Opening == model)
        {
            await CloseAsync(entry, delete: false);
            Follow(model.Project, long.MaxValue);
        }
    }
}
