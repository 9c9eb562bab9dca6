using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace Actors.Tracing;

/// <summary>Finds the stream of a score, which its id alone does not tell. Key: the project id.</summary>
[Alias("actors.IScoreIndexGrain"), Version(1)]
public interface IScoreIndexGrain : IGrainWithStringKey
{
    /// <summary>The stream that holds the score; null when there is no such score. Sees every acknowledged append.</summary>
    [Alias("FindAsync"), ReadOnly, ResponseTimeout("00:00:05")]
    Task<StreamId?> FindAsync(string scoreId);
}
