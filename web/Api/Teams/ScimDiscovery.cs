using Actors.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Teams;

/// <summary>What this SCIM server can do (RFC 7644 §4).</summary>
internal static class ScimDiscovery
{
    /// <summary>The schema of people.</summary>
    public const string UserSchema = "urn:ietf:params:scim:schemas:core:2.0:User";

    private const string ListSchema = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    private const string Base = "/api/public/scim";

    private static readonly ScimServiceProvider Provider = new(
        ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
        "https://datatracker.ietf.org/doc/html/rfc7644",
        new ScimFeature(true),
        new ScimBulk(false, 0, 0),
        new ScimFilter(true, 1000),
        new ScimFeature(false),
        new ScimFeature(false),
        new ScimFeature(false),
        [
            new ScimAuthenticationScheme(
                "HTTP Basic",
                "The organization's API key: the public key as user name, the secret key as password",
                "https://datatracker.ietf.org/doc/html/rfc7617",
                "httpbasic",
                true),
        ],
        new ScimMeta("ServiceProviderConfig", Base + "/ServiceProviderConfig"));

    private static readonly ScimList<ScimResourceType> ResourceTypes = new(
        [ListSchema],
        1,
        null,
        null,
        [
            new ScimResourceType(
                ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
                "User",
                "User",
                "/Users",
                "The people of the organization",
                UserSchema,
                [],
                new ScimMeta("ResourceType", Base + "/ResourceTypes/User")),
        ]);

    private static readonly ScimList<ScimSchema> Schemas = new(
        [ListSchema],
        1,
        null,
        null,
        [
            new ScimSchema(
                UserSchema,
                "User",
                "A person",
                [
                    new("userName", "string", false, "The email address", true, false, "immutable", "default", "server"),
                    new("name", "complex", false, "The name: formatted, or givenName and familyName", false, false, "readWrite", "default", "none"),
                    new("emails", "complex", true, "The email address", false, false, "readOnly", "default", "none"),
                    new("active", "boolean", false, "Whether the person is a member", false, false, "readWrite", "default", "none"),
                    new("roles", "string", true, "The role in the organization", false, true, "readWrite", "default", "none"),
                    new("password", "string", false, "A first password", false, true, "writeOnly", "never", "none"),
                ],
                new ScimMeta("Schema", $"{Base}/Schemas/{UserSchema}")),
        ]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ServiceProviderConfig", static (HttpContext context) =>
            Respond.JsonAsync(context, 200, Provider, ContractsJsonContext.Wire.ScimServiceProvider));
        routes.MapGet("/ResourceTypes", static (HttpContext context) =>
            Respond.JsonAsync(context, 200, ResourceTypes, ContractsJsonContext.Wire.ScimListScimResourceType));
        routes.MapGet("/Schemas", static (HttpContext context) =>
            Respond.JsonAsync(context, 200, Schemas, ContractsJsonContext.Wire.ScimListScimSchema));
    }
}
