namespace Actors.Web.Api.Scores;

/// <summary>Which parts of scores a caller of the third version wants beside the core (langfuse-api §6.4, parameter <c>fields</c>).</summary>
[Flags]
internal enum ScoreFieldGroups
{
    Core = 0,
    Details = 1,
    Subject = 2,
    Annotation = 4,
}
