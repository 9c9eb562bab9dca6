using Actors.Live;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace Actors.Grains.Live;

/// <summary>
/// The live numbers of a project, and the list of its parts that are counted on their own. It notices when rows are in the log
/// that no silo has told of, and sees to it that they are counted.
/// </summary>
[HashBasedPlacement]
internal sealed partial class MetricsGrain(LiveGrainServices services, UntoldRows untold, ILogger<MetricsGrain> logger)
    : LiveGrain(LiveScopeKind.Project, services, logger), IMetricsGrain
{
    private readonly ToldRows? _told = services.Log.HasDensePositions ? new() : null;
    private WatchList? _watches;

    private WatchList Watches => _watches ??= new WatchList(Time.GetUtcNow());

    /// <inheritdoc/>
    public Task<bool> WatchAsync(LiveScope scope) => Task.FromResult(Watches.Watch(scope, Time.GetUtcNow()));

    /// <inheritdoc/>
    protected override Task BeginAsync() => SeedAsync();

    /// <inheritdoc/>
    protected override LiveWatches? NewsFor(long watches) => Watches.NewsFor(watches);

    /// <inheritdoc/>
    protected override void BeTold(SiloPartial partial) => _told?.Add(partial.Rows);

    /// <inheritdoc/>
    protected override void BeSeeded(long through) => _told?.Settle(through);

    /// <inheritdoc/>
    protected override async Task TendAsync()
    {
        Watches.Expire(Time.GetUtcNow());
        if (_told is not null)
        {
            await TellOverdueAsync(_told);
        }
    }

    private async Task TellOverdueAsync(ToldRows told)
    {
        try
        {
            if (told.Overdue(await HeadAsync(), Time.GetUtcNow()) is { } overdue)
            {
                var missing = told.Missing(overdue);
                LogOverdue(Scope, missing.Sum(m => m.Last - m.First + 1), missing[0].First);
                await untold.TellAsync(Scope.Project, missing, CancellationToken.None);
                told.Settle(overdue);
            }
        }
        catch (Exception e)
        {
            LogTellFailed(e, Scope);
        }
    }

    [LoggerMessage(1120, LogLevel.Information, "No silo has told of {Count} rows of {Scope} from position {First} on; they are read from the log.")]
    private partial void LogOverdue(LiveScope scope, long count, long first);

    [LoggerMessage(1121, LogLevel.Warning, "Rows of {Scope} that no silo has told of could not be read; they are read again.")]
    private partial void LogTellFailed(Exception e, LiveScope scope);
}
