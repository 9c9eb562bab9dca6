namespace Actors.Analytics;

/// <summary>Makes read models follow the log before the first query asks for them.</summary>
public interface IAnalyticsFollower
{
    /// <summary>
    /// Opens the project's read model in the background, so that it follows. Cheap, never throws, may be called at any rate.
    /// Not needed for correctness: every query catches up first, and a scan finds projects with new rows.
    /// </summary>
    void Touch(ProjectId project);
}
