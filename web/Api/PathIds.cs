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
    public static string GetLastSegment(this HttpContext context) => context.GetSegmentFromEnd(0);

    /// <summary>Like <see cref="GetLastSegment"/>, with <paramref name="behind"/> segments behind it.</summary>
    public static string GetSegmentFromEnd(this HttpContext context, int behind)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.AsSpan();
        var query = target.IndexOf('?');
        var path = (query < 0 ? target : target[..query]).TrimEnd('/');
        for (; behind > 0; behind--)
        {
            path = path[..path.LastIndexOf('/')];
        }

        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }
}
