using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Actors.Web.Api;

/// <summary>Reads ids that clients chose from the end of a path.</summary>
internal static class PathIds
{
    /// <summary>
    /// The last segment, unescaped once. Route values do not serve here: they leave an escaped slash escaped, and what is
    /// left cannot be told from an id that holds a percent sign.
    /// </summary>
    public static string GetLastSegment(this HttpContext context) => context.GetSegment(0);

    /// <summary>The segment with a number of others behind it, unescaped once.</summary>
    public static string GetSegment(this HttpContext context, int fromEnd)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.AsSpan();
        var query = target.IndexOf('?');
        var path = (query < 0 ? target : target[..query]).TrimEnd('/');
        for (; fromEnd > 0; fromEnd--)
        {
            path = path[..Math.Max(path.LastIndexOf('/'), 0)];
        }

        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }
}
