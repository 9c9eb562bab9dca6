using System.Security.Claims;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Actors.Web.Admin;

/// <summary>
/// The part of the server for whoever runs it. They sign in with the administrator's key and carry a cookie for a while, which
/// opens the other pages from elsewhere too; a program shows the key as a bearer token. Without a key only callers on this
/// machine come in, as to every page.
/// </summary>
public static class Administration
{
    /// <summary>Where it begins; the page itself is the sign-in.</summary>
    public const string Path = "/admin";

    internal const string Scheme = "actors.admin";

    internal const string ReturnParameter = "returnUrl";

    private const string KeyMark = "key";

    /// <summary>Adds the sign-in.</summary>
    public static IServiceCollection AddActorsAdministration(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<SignInAttempts>();
        services.AddAuthentication(Scheme).AddCookie(Scheme);
        services.AddOptions<CookieAuthenticationOptions>(Scheme).Configure<IOptions<AdminOptions>, AdminKey, TimeProvider>(Configure);
        return services;
    }

    /// <summary>Puts a part of the server behind the sign-in: everything at and below <paramref name="path"/>.</summary>
    public static IApplicationBuilder MapForAdministrators(this IApplicationBuilder app, PathString path, RequestDelegate behind)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Map(path, branch => branch.Run(context => IsAdministrator(context) ? behind(context) : RefuseAsync(context)));
    }

    /// <summary>Whether the caller is let in.</summary>
    internal static bool IsAdministrator(HttpContext context)
    {
        var key = context.RequestServices.GetRequiredService<AdminKey>();
        return key.IsSet
            ? context.User.Identities.Any(i => i.AuthenticationType == Scheme) || key.IsShown(context.Request)
            : LoopbackOnly.IsLocal(context);
    }

    /// <summary>Lets the caller in for a while.</summary>
    internal static Task SignInAsync(HttpContext context)
    {
        var key = context.RequestServices.GetRequiredService<AdminKey>();
        var identity = new ClaimsIdentity([new Claim(KeyMark, key.Mark!)], Scheme);
        return context.SignInAsync(Scheme, new ClaimsPrincipal(identity));
    }

    // Only to a path of this server: no address of anybody else, however a browser may read it.
    internal static string? SafeReturn(string? url) =>
        url is ['/', ..] and not ['/', '/', ..] && !url.Any(c => c == '\\' || char.IsControl(c)) ? url : null;

    /// <summary>Whether a person waits for a page, who can be asked for the key.</summary>
    internal static bool IsPageAsked(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Sends the caller to the sign-in, which leads back.</summary>
    internal static Task LeadToSignIn(HttpContext context)
    {
        var request = context.Request;
        var wanted = UriHelper.BuildRelative(request.PathBase, request.Path, request.QueryString);
        context.Response.Redirect($"{Path}{QueryString.Create(ReturnParameter, wanted)}");
        return Task.CompletedTask;
    }

    private static void Configure(CookieAuthenticationOptions cookie, IOptions<AdminOptions> options, AdminKey key, TimeProvider time)
    {
        cookie.Cookie.Name = Scheme;
        cookie.Cookie.Path = "/";
        cookie.Cookie.HttpOnly = true;

        // A link in a message leads to its page; nothing that changes anything is a plain GET.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.ExpireTimeSpan = options.Value.SignInLifetime;

        // A dashboard that asks every second would never end.
        cookie.SlidingExpiration = false;
        cookie.TimeProvider = time;
        cookie.Events.OnValidatePrincipal = context =>
        {
            if (context.Principal?.FindFirst(KeyMark)?.Value is not { } mark || mark != key.Mark)
            {
                context.RejectPrincipal();
            }

            return Task.CompletedTask;
        };
    }

    private static Task RefuseAsync(HttpContext context)
    {
        if (IsPageAsked(context))
        {
            return LeadToSignIn(context);
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
