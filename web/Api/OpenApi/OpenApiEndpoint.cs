using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Actors.Web.Api.OpenApi;

/// <summary><c>GET /openapi.json</c>, without keys: it says nothing of anybody.</summary>
internal static class OpenApiEndpoint
{
    public const string Path = "/openapi.json";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, static (HttpContext context, ApiDocument document) =>
    {
        // Generators and readers on other sites may have it.
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(document.Json, "application/json; charset=utf-8", entityTag: EntityTagHeaderValue.Parse(document.Tag));
    });
}
