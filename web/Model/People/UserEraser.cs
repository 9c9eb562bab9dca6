using System.Collections.Concurrent;
using Actors.Filtering;
using Actors.Media;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Api;
using Microsoft.Extensions.Logging;

namespace Actors.Web.Model.People;

/// <summary>
/// Deletes everything that is a user's: traces with their observations, scores and files, and the scores of sessions that are
/// the user's alone. Goes on when the page is left. Should the process end, the rest is still listed and can be erased again.
/// </summary>
public sealed partial class UserEraser(IGrainFactory grains, IMediaRemoval media, IMediaCatalog catalog, TimeProvider time, ILogger<UserEraser> logger)
{
    private const int Batch = 200;
    private const int MaxKept = 100;

    // Beyond this many traces a preview does not look for files.
    private const int MostLookedAt = 20_000;

    // What is deleted leaves the read model a moment later; one that is being built may take a while.
    private const int MaxWaits = 120;
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(ProjectId Project, string User), ErasureRun> _runs = new();

    /// <summary>Says what would go.</summary>
    public async Task<ErasurePreview> PreviewAsync(ProjectId project, string user, CancellationToken cancellationToken)
    {
        var analytics = grains.GetGrain<IAnalyticsGrain>(project.Value);
        var groups = await analytics.ListTraceGroupsAsync(new TraceGroupQuery { Kind = TraceGroupKind.User, Ids = [user], WithTotal = false });
        var totals = groups.Items is [var found, ..] ? found : null;
        var scores = await analytics.ListScoresAsync(new ScoreQuery { Filter = Filter.Equal("userId", user), Limit = 1 });
        var sessions = await OwnSessionsAsync(analytics, user);
        var ofSessions = 0L;
        foreach (var some in sessions.Chunk(Batch))
        {
            ofSessions += (await analytics.ListScoresAsync(new ScoreQuery { SessionIds = some, Limit = 1 })).TotalItems;
        }

        var files = new HashSet<string>();
        var looked = 0;
        while (looked < Math.Min(totals?.Traces ?? 0, MostLookedAt))
        {
            var page = await analytics.ListTracesAsync(TracesOf(user) with { Offset = looked, Limit = TraceQuery.MaxLimit });
            if (page.Items.Count == 0)
            {
                break;
            }

            looked += page.Items.Count;
            files.UnionWith(await catalog.ListOfTracesAsync(project, [.. page.Items.Select(t => t.Id)], cancellationToken));
        }

        return new ErasurePreview(
            totals?.Traces ?? 0, totals?.Observations ?? 0, scores.TotalItems + ofSessions, totals?.Sessions ?? 0, sessions.Count, files.Count,
            groups.IsPartial() || totals?.Traces > MostLookedAt);
    }

    /// <summary>The erasure of a user that was begun last; null: none is remembered.</summary>
    public ErasureRun? Find(ProjectId project, string user) => _runs.GetValueOrDefault((project, user));

    /// <summary>Begins to erase, unless that is under way.</summary>
    public ErasureRun Start(ProjectId project, string user)
    {
        foreach (var (key, old) in _runs)
        {
            if (old.State != ErasureState.Running && (_runs.Count > MaxKept || key == (project, user)))
            {
                _runs.TryRemove(KeyValuePair.Create(key, old));
            }
        }

        var begun = new ErasureRun();
        var run = _runs.GetOrAdd((project, user), begun);
        if (run == begun)
        {
            _ = Task.Run(() => RunAsync(project, user, run));
        }

        return run;
    }

    private async Task RunAsync(ProjectId project, string user, ErasureRun run)
    {
        try
        {
            await EraseAsync(project, user, run);
            LogErased(project, run.Traces, run.Sessions);
            run.End(ErasureState.Done);
        }
        catch (Exception e)
        {
            LogFailed(e, project, run.Traces);
            run.End(ErasureState.Failed);
        }
    }

    private async Task EraseAsync(ProjectId project, string user, ErasureRun run)
    {
        var analytics = grains.GetGrain<IAnalyticsGrain>(project.Value);
        // When the traces are gone, nothing says any more whose the sessions were.
        var sessions = await OwnSessionsAsync(analytics, user);
        var query = TracesOf(user) with { Limit = Batch };
        HashSet<string> gone = [];
        for (var waits = 0; waits < MaxWaits;)
        {
            var page = await RepeatAsync(() => analytics.ListTracesAsync(query));
            // What comes while this runs is another matter, or it might never end.
            query = query with { FirstPositionUpTo = query.FirstPositionUpTo ?? page.Head };
            string[] ids = [.. page.Items.Select(t => t.Id).Where(id => !gone.Contains(id))];
            if (ids.Length > 0)
            {
                await TraceRemoval.DeleteAsync(grains, media, time, project, ids, CancellationToken.None);
                run.CountTraces(ids.Length);
                gone = [.. page.Items.Select(t => t.Id)];
                continue;
            }

            if (page.Items.Count == 0 && !page.IsPartial())
            {
                await EraseSessionsAsync(project, sessions, run);
                return;
            }

            waits++;
            await Task.Delay(Wait, time);
        }

        throw new ReadModelBehindException("The read model did not take note of what was deleted.");
    }

    private async Task EraseSessionsAsync(ProjectId project, List<string> sessions, ErasureRun run)
    {
        foreach (var session in sessions)
        {
            if (await RepeatAsync(() => grains.GetGrain<ITraceGrain>(GrainKey.ForStream(project, StreamId.ForSession(session))).DeleteAsync()))
            {
                run.CountSession();
            }
        }
    }

    // Sessions in which nobody else is named.
    private static async Task<List<string>> OwnSessionsAsync(IAnalyticsGrain analytics, string user)
    {
        var own = new List<string>();
        var query = new TraceGroupQuery
        {
            Kind = TraceGroupKind.Session,
            Filter = Filter.OneOf(FilterCatalog.Sessions.Find("userId")!, null, [user]),
            OrderBy = TraceGroupOrder.Id,
            Limit = TraceGroupQuery.MaxLimit,
            WithTotal = false,
        };
        Page<TraceGroup> page;
        do
        {
            page = await analytics.ListTraceGroupsAsync(query);
            own.AddRange(page.Items.Where(s => s.Users.Count == 1 && StreamId.IsValidId(s.Id)).Select(s => s.Id));
            query = query with { Offset = query.Offset + query.Limit };
        }
        while (page.Items.Count == TraceGroupQuery.MaxLimit);
        return own;
    }

    private Task<T> RepeatAsync<T>(Func<Task<T>> call) => GrainCalls.RepeatAsync(call, time, CancellationToken.None);

    private static TraceQuery TracesOf(string user) => new() { Filter = Filter.Equal("userId", user), TextLimit = 0, Descending = false, WithTotal = false };
}
