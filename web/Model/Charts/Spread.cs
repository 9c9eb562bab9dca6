namespace Actors.Web.Model.Charts;

/// <summary>How the values behind a mean lie.</summary>
/// <param name="Median">The middle one.</param>
/// <param name="Ends">Where all but the lowest and the highest tenth lie.</param>
/// <param name="Title">The same in words.</param>
public sealed record Spread(string Median, string Ends, string Title);
