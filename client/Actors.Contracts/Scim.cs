using System.Text.Json.Serialization;

namespace Actors.Contracts;

/// <summary>A list of SCIM (RFC 7644 §3.4.2).</summary>
/// <typeparam name="T">The type of the resources.</typeparam>
/// <param name="Schemas">The schema of the message.</param>
/// <param name="TotalResults">How many match.</param>
/// <param name="StartIndex">The place of the first one, from 1; left out where nothing is paged.</param>
/// <param name="ItemsPerPage">How many are here; left out where nothing is paged.</param>
/// <param name="Resources">The resources.</param>
public sealed record ScimList<T>(
    IReadOnlyList<string> Schemas,
    int TotalResults,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? StartIndex,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? ItemsPerPage,
    [property: JsonPropertyName("Resources")] IReadOnlyList<T> Resources);

/// <summary>A person (RFC 7643 §4.1).</summary>
/// <param name="Schemas">The schema of a user.</param>
/// <param name="Id">The id.</param>
/// <param name="UserName">The e-mail address.</param>
/// <param name="Name">The name.</param>
/// <param name="Emails">The one address.</param>
/// <param name="Active">Always true: who is not active is no member.</param>
/// <param name="Roles">The one role in the organization.</param>
/// <param name="Meta">About the record.</param>
public sealed record ScimUser(
    IReadOnlyList<string> Schemas,
    string Id,
    string UserName,
    ScimName Name,
    IReadOnlyList<ScimEmail> Emails,
    bool Active,
    IReadOnlyList<string> Roles,
    ScimUserMeta Meta);

/// <summary>A name.</summary>
/// <param name="Formatted">The whole name; null: nobody said.</param>
public sealed record ScimName(string? Formatted);

/// <summary>An e-mail address.</summary>
/// <param name="Primary">Always true.</param>
/// <param name="Value">The address.</param>
/// <param name="Type">Always <c>work</c>.</param>
public sealed record ScimEmail(bool Primary, string Value, string Type);

/// <summary>About a person's record.</summary>
/// <param name="ResourceType">Always <c>User</c>.</param>
/// <param name="Created">When it was made.</param>
/// <param name="LastModified">When it was changed last.</param>
public sealed record ScimUserMeta(string ResourceType, DateTimeOffset Created, DateTimeOffset LastModified);

/// <summary>An error (RFC 7644 §3.12).</summary>
/// <param name="Schemas">The schema of an error.</param>
/// <param name="Detail">What went wrong, for people.</param>
/// <param name="Status">The status as text.</param>
public sealed record ScimError(IReadOnlyList<string> Schemas, string Detail, string Status);

/// <summary>Whether a feature is there.</summary>
/// <param name="Supported">Whether it is.</param>
public sealed record ScimFeature(bool Supported);

/// <summary>What this server can do (RFC 7643 §5).</summary>
/// <param name="Schemas">The schema of the configuration.</param>
/// <param name="DocumentationUri">Where to read more.</param>
/// <param name="Patch">Changes in part.</param>
/// <param name="Bulk">Many operations at once.</param>
/// <param name="Filter">Filters of lists.</param>
/// <param name="ChangePassword">Changes of passwords.</param>
/// <param name="Sort">Order of lists.</param>
/// <param name="Etag">Versions.</param>
/// <param name="AuthenticationSchemes">How to sign in.</param>
/// <param name="Meta">About the resource.</param>
public sealed record ScimServiceProvider(
    IReadOnlyList<string> Schemas,
    string DocumentationUri,
    ScimFeature Patch,
    ScimBulk Bulk,
    ScimFilter Filter,
    ScimFeature ChangePassword,
    ScimFeature Sort,
    ScimFeature Etag,
    IReadOnlyList<ScimAuthenticationScheme> AuthenticationSchemes,
    ScimMeta Meta);

/// <summary>Bulk operations.</summary>
/// <param name="Supported">Whether they are there.</param>
/// <param name="MaxOperations">The most at once.</param>
/// <param name="MaxPayloadSize">The most bytes.</param>
public sealed record ScimBulk(bool Supported, int MaxOperations, int MaxPayloadSize);

/// <summary>Filters.</summary>
/// <param name="Supported">Whether they are there.</param>
/// <param name="MaxResults">The most results.</param>
public sealed record ScimFilter(bool Supported, int MaxResults);

/// <summary>A way to sign in.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">How.</param>
/// <param name="SpecUri">The standard.</param>
/// <param name="Type">The kind.</param>
/// <param name="Primary">Whether it is the usual one.</param>
public sealed record ScimAuthenticationScheme(string Name, string Description, string SpecUri, string Type, bool Primary);

/// <summary>About a resource.</summary>
/// <param name="ResourceType">Its type.</param>
/// <param name="Location">Its address.</param>
public sealed record ScimMeta(string ResourceType, string Location);

/// <summary>A kind of resource (RFC 7643 §6).</summary>
/// <param name="Schemas">The schema of a resource type.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Endpoint">Its address.</param>
/// <param name="Description">What it is.</param>
/// <param name="Schema">The schema of its resources.</param>
/// <param name="SchemaExtensions">None.</param>
/// <param name="Meta">About it.</param>
public sealed record ScimResourceType(
    IReadOnlyList<string> Schemas,
    string Id,
    string Name,
    string Endpoint,
    string Description,
    string Schema,
    IReadOnlyList<string> SchemaExtensions,
    ScimMeta Meta);

/// <summary>A schema (RFC 7643 §7).</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it describes.</param>
/// <param name="Attributes">The attributes.</param>
/// <param name="Meta">About it.</param>
public sealed record ScimSchema(string Id, string Name, string Description, IReadOnlyList<ScimAttribute> Attributes, ScimMeta Meta);

/// <summary>An attribute of a schema.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">string, boolean or complex.</param>
/// <param name="MultiValued">Whether it is a list.</param>
/// <param name="Description">What it is.</param>
/// <param name="Required">Whether it must be given.</param>
/// <param name="CaseExact">Whether case matters.</param>
/// <param name="Mutability">readOnly, readWrite, immutable or writeOnly.</param>
/// <param name="Returned">always, never or default.</param>
/// <param name="Uniqueness">none or server.</param>
public sealed record ScimAttribute(
    string Name,
    string Type,
    bool MultiValued,
    string Description,
    bool Required,
    bool CaseExact,
    string Mutability,
    string Returned,
    string Uniqueness);
