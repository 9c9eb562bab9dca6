using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace Actors.Live;

/// <summary>
/// The live numbers of one <see cref="LiveScope"/>: one-second buckets over the last ten minutes and longer windows, pushed to
/// observers. Active while it is watched or read; the truth is the log, and the read model where nobody watches.
/// </summary>
[Alias("actors.ILiveGrain"), Version(1)]
public interface ILiveGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes what one silo has gathered since its last call. Repeating a call with the same
    /// <see cref="SiloPartial.Sequence"/> is harmless.
    /// </summary>
    /// <returns>What the silo must gather from now on; null: as before.</returns>
    [Alias("ApplyAsync")]
    Task<LiveWatches?> ApplyAsync(SiloPartial partial);

    /// <summary>Everything that is known now.</summary>
    /// <param name="wanted">Longer windows that are wanted too; the read model is asked for what is not known yet.</param>
    /// <exception cref="LiveWatchesFullException">It is not counted on its own, and there is no room.</exception>
    [Alias("GetSnapshotAsync")]
    Task<LiveSnapshot> GetSnapshotAsync(LiveWindows wanted);

    /// <summary>
    /// Tells <paramref name="observer"/> of every change until 90 seconds after the last call; call again every 30 seconds.
    /// </summary>
    /// <param name="observer">Who is told.</param>
    /// <param name="wanted">
    /// Windows that it needs, with yesterday's. The minute and the five minutes come in any case, but without yesterday's.
    /// Those that are not known yet come with a later tick.
    /// </param>
    /// <returns>Where the observer starts from; ticks continue at the next version.</returns>
    /// <exception cref="LiveWatchesFullException">It is not counted on its own, and there is no room.</exception>
    [Alias("SubscribeAsync")]
    Task<LiveSnapshot> SubscribeAsync(ILiveObserver observer, LiveWindows wanted);

    /// <summary>Renews a subscription, perhaps with other windows, and says the version now, without a snapshot.</summary>
    /// <returns>The version now; -1 when the observer is unknown and must subscribe.</returns>
    [Alias("RenewAsync"), ResponseTimeout("00:00:05")]
    Task<long> RenewAsync(ILiveObserver observer, LiveWindows wanted);

    /// <summary>Stops telling <paramref name="observer"/>.</summary>
    [Alias("UnsubscribeAsync")]
    Task UnsubscribeAsync(ILiveObserver observer);

    /// <summary>How the numbers do.</summary>
    [Alias("GetHealthAsync")]
    Task<LiveHealth> GetHealthAsync();
}

/// <summary>The live numbers of one project. Key: the project id.</summary>
[Alias("actors.IMetricsGrain"), Version(1)]
public interface IMetricsGrain : ILiveGrain
{
    /// <summary>Has a part of the project counted on its own until 30 seconds after the last call; call again every few seconds.</summary>
    /// <returns>Whether it is new: facts may have passed that nobody gathered for it.</returns>
    /// <exception cref="LiveWatchesFullException">There is no room.</exception>
    [Alias("WatchAsync")]
    Task<bool> WatchAsync(LiveScope scope);
}

/// <summary>The live numbers of what a filter leaves of a project. Key: project and <see cref="LiveFilter.Text"/>, with a slash between.</summary>
[Alias("actors.IFilterGrain"), Version(1)]
public interface IFilterGrain : ILiveGrain;

/// <summary>The live numbers of one session, over all time too. Key: project and session, with a slash between.</summary>
[Alias("actors.ISessionGrain"), Version(1)]
public interface ISessionGrain : ILiveGrain;

/// <summary>The live numbers of one user, over all time too. Key: project and user, with a slash between.</summary>
[Alias("actors.IUserGrain"), Version(1)]
public interface IUserGrain : ILiveGrain;

/// <summary>The live numbers of one prompt and its versions, over all time too. Key: project and name, with a slash between.</summary>
[Alias("actors.IPromptGrain"), Version(1)]
public interface IPromptGrain : ILiveGrain;

/// <summary>Is told what changed on the live edge.</summary>
[Alias("actors.ILiveObserver")]
public interface ILiveObserver : IGrainObserver
{
    /// <summary>A change. Calls may be lost: a version that does not follow the last one asks for a new snapshot.</summary>
    [Alias("OnTickAsync"), OneWay]
    Task OnTickAsync(LiveTick tick);
}
