using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Actors.Web;

/// <summary>
/// Tells the pages that clients come over TLS when a proxy in front ends it: redirects, links and cookies follow the scheme of
/// the request.
/// </summary>
public static class PublicScheme
{
    /// <summary>
    /// Takes <c>https</c> for the scheme of requests to the host of <see cref="PublicAddressOptions.PublicUrl"/>, when that begins
    /// with it. The operator has said so, and no header of a caller needs to be believed. Call it first.
    /// </summary>
    public static IApplicationBuilder UsePublicScheme(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var text = app.ApplicationServices.GetRequiredService<IOptions<PublicAddressOptions>>().Value.PublicUrl;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps)
        {
            return app;
        }

        return app.Use((context, next) =>
        {
            if (string.Equals(context.Request.Host.Host, url.IdnHost, StringComparison.OrdinalIgnoreCase))
            {
                context.Request.Scheme = Uri.UriSchemeHttps;
            }

            return next(context);
        });
    }
}
