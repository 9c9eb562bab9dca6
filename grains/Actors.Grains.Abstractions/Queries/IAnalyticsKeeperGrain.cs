using Orleans.CodeGeneration;

namespace Actors.Queries;

/// <summary>
/// Sees to it that the read models of all projects follow the log, each on the silo that holds its <see cref="IAnalyticsGrain"/>.
/// There is one, with key 0.
/// </summary>
[Alias("actors.IAnalyticsKeeperGrain"), Version(1)]
public interface IAnalyticsKeeperGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Looks for projects that have new rows, and tells the owners of their read models. Every silo asks for it; it is done once
    /// per interval.
    /// </summary>
    /// <param name="interval">How long a look is good for.</param>
    [Alias("LookAsync")]
    Task LookAsync(TimeSpan interval);
}
