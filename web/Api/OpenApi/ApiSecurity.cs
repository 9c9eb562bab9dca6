using System.Text.Json.Nodes;

namespace Actors.Web.Api.OpenApi;

/// <summary>The keys that open routes.</summary>
internal static class ApiSecurity
{
    private const string Project = "projectKey";
    private const string Public = "publicKey";
    private const string Organization = "organizationKey";
    private const string Administrator = "administratorKey";

    public static JsonObject Write() => new()
    {
        [Project] = Scheme("basic", "The public key of a project as user name, its secret key as password."),
        [Public] = Scheme("bearer", "The public key of a project alone: scores only."),
        [Organization] = Scheme("basic", "The public key of an organization as user name, its secret key as password."),
        [Administrator] = Scheme("bearer", "The key of whoever runs the server."),
    };

    /// <summary>Any one of them opens the route.</summary>
    public static JsonArray Require(ApiAccess access) => new([.. Names(access).Select(n => new JsonObject { [n] = new JsonArray() })]);

    /// <summary>What a reader is told.</summary>
    public static string Explain(ApiAccess access) => access switch
    {
        ApiAccess.None => "no key",
        ApiAccess.Project => "project key",
        ApiAccess.ProjectOrPublic => "project key or public key",
        ApiAccess.Organization => "organization key",
        _ => "administrator key",
    };

    private static string[] Names(ApiAccess access) => access switch
    {
        ApiAccess.None => [],
        ApiAccess.Project => [Project],
        ApiAccess.ProjectOrPublic => [Project, Public],
        ApiAccess.Organization => [Organization],
        _ => [Administrator],
    };

    private static JsonObject Scheme(string scheme, string note) => new() { ["type"] = "http", ["scheme"] = scheme, ["description"] = note };
}
