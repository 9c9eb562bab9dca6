using Actors.Storage.Log;

namespace Actors.Storage.Sqlite;

/// <summary>The oldest rows of a project to take out; the outcome's version is their number, 0 when all are gone.</summary>
/// <param name="project">The project.</param>
internal sealed class PendingErasure(ProjectId project) : PendingWrite
{
    public override ProjectId Project { get; } = project;

    public override long Length => 1;

    public override bool Erases => true;
}
