using System.ComponentModel.DataAnnotations;

namespace Actors.Analytics.Bases;

/// <summary>
/// When copies of read models are left on the storage that all nodes see, and when one is taken from there. Section
/// <c>Actors:Analytics:Bases</c>.
/// </summary>
public sealed class BaseOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Actors:Analytics:Bases";

    /// <summary>Whether bases are left and taken, where there is a folder for them. Default: yes.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The folder of the bases, which all silos see; empty: there is none. Default: <c>read-models</c> in <c>Actors:SharedDirectory</c>
    /// when the log is in PostgreSQL and that directory is set, else empty.
    /// </summary>
    public string Directory { get; set; } = "";

    /// <summary>How many rows of the log the newest base must lack before another one is left. 1 to 1,000,000,000; default 100,000.</summary>
    [Range(1, 1_000_000_000)]
    public long LeaveAfterRows { get; set; } = 100_000;

    /// <summary>
    /// How long after one base the next one is left at the soonest; ten times as long as leaving took, when that is longer. 1 second
    /// to 7 days; default 15 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan LeaveInterval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// By how many rows of the log a base must be ahead of the silo's own file to be taken. A silo that stops leaves one that spares
    /// the next owner as many. 1 to 1,000,000,000; default 10,000.
    /// </summary>
    [Range(1, 1_000_000_000)]
    public long TakeFromRows { get; set; } = 10_000;

    /// <summary>How long after something was deleted a base that may still hold it is there at most. 1 second to 7 days; default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan ForgetWithin { get; set; } = TimeSpan.FromHours(1);
}
