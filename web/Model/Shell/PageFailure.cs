using Actors.Access;
using Actors.Tracing;
using Actors.Web.Api;

namespace Actors.Web.Model.Shell;

/// <summary>What a page that failed says instead of its content.</summary>
/// <param name="Title">What happened.</param>
/// <param name="Text">What it means for who reads it.</param>
public sealed record PageFailure(string Title, string Text)
{
    /// <summary>Tells what passes by itself from what somebody must look after.</summary>
    public static PageFailure Of(Exception e) => e switch
    {
        ControlPlaneUnavailableException or EventLogUnavailableException => new(
            "The database does not answer", "Nothing that was stored is lost. This page comes back with the database."),
        _ when GrainCalls.IsPassing(e) => new(
            "A server does not answer", "Another one takes over what it held within seconds."),
        _ => new("This page failed", "The error is in the server's log. The rest of the product is not affected."),
    };
}
