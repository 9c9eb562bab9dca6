using System.Text.Json;
using Actors.Access;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Api.Teams;

/// <summary>What a SCIM request says of a person.</summary>
/// <param name="UserName">The e-mail address; null in a patch.</param>
/// <param name="Name">The whole name; null: nobody said.</param>
/// <param name="IsActive">Whether the person is a member afterwards.</param>
/// <param name="Role">The role; null: as it was.</param>
/// <param name="Password">A first password; null: none.</param>
/// <param name="Problem">What is wrong; null: nothing.</param>
internal sealed record ScimUserChange(string? UserName, string? Name, bool IsActive, Role? Role, string? Password, string? Problem)
{
    private const int MaxEmailLength = 254;
    private const int MaxNameLength = 200;
    private const int MaxPasswordLength = 200;
    private const int MaxOperations = 100;

    /// <summary>Reads a whole user (RFC 7644 §3.3, §3.5.1); null when the body was no JSON, which has been answered.</summary>
    public static async Task<ScimUserChange?> ReadAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
        {
            return null;
        }

        var reader = new BodyReader(body.RootElement);
        var userName = reader.Text("userName", required: true, max: MaxEmailLength);
        if (userName is not null && !IsEmail(userName))
        {
            reader.Refuse("invalid_format", "userName", "Invalid email address");
        }

        var name = reader.Object("name") is { } parts ? ReadName(parts) : null;
        var active = reader.Flag("active") ?? true;
        var role = ReadRole(reader, "roles");
        var password = reader.Text("password", min: 1, max: MaxPasswordLength);
        return new ScimUserChange(userName, name, active, role, password, Describe(reader));
    }

    /// <summary>Reads changes in part (RFC 7644 §3.5.2); null when the body was no JSON, which has been answered.</summary>
    public static async Task<ScimUserChange?> ReadPatchAsync(HttpContext context, string? currentName)
    {
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
        {
            return null;
        }

        var reader = new BodyReader(body.RootElement);
        var change = new ScimUserChange(null, currentName, IsActive: true, null, null, null);
        foreach (var operation in reader.Objects("Operations", required: true, maxCount: MaxOperations) ?? [])
        {
            change = Apply(change, operation);
        }

        return change with { Problem = change.Problem ?? Describe(reader) };
    }

    private static ScimUserChange Apply(ScimUserChange change, BodyReader operation)
    {
        var kind = operation.Text("op", required: true)?.ToLowerInvariant();
        if (kind is not ("add" or "replace"))
        {
            return change with { Problem = "op: expected add or replace" };
        }

        var path = operation.Text("path");
        return path?.ToLowerInvariant() switch
        {
            null when operation.Object("value", required: true) is { } value => ApplyAll(change, value),
            null => change,
            "active" => ApplyActive(change, operation, "value"),
            "name.formatted" or "displayname" => change with { Name = operation.Text("value", max: MaxNameLength) },
            "roles" => change with { Role = ReadRole(operation, "value") ?? change.Role },
            _ => change with { Problem = $"path: {path} cannot be changed; expected active, name.formatted or roles" },
        };
    }

    private static ScimUserChange ApplyAll(ScimUserChange change, BodyReader value)
    {
        change = value.Has("active") ? ApplyActive(change, value, "active") : change;
        change = value.Object("name") is { } name ? change with { Name = ReadName(name) } : change;
        return change with { Role = ReadRole(value, "roles") ?? change.Role };
    }

    // Some identity providers send the words instead of the values.
    private static ScimUserChange ApplyActive(ScimUserChange change, BodyReader reader, string name) =>
        bool.TryParse(reader.Json(name)?.Trim('"'), out var active)
            ? change with { IsActive = active }
            : change with { Problem = $"{name}: expected true or false" };

    private static string? ReadName(BodyReader name) =>
        name.Text("formatted", max: MaxNameLength)
        ?? (string.Join(' ', new[] { name.Text("givenName", max: MaxNameLength), name.Text("familyName", max: MaxNameLength) }.OfType<string>())
            is { Length: > 0 } joined ? joined : null);

    // Roles are words, or objects with the word as their value.
    private static Role? ReadRole(BodyReader reader, string name)
    {
        if (reader.Json(name) is not { } json)
        {
            return null;
        }

        using var list = JsonDocument.Parse(json);
        var first = list.RootElement is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() > 0 ? array[0] : default;
        var word = first.ValueKind == JsonValueKind.Object && first.TryGetProperty("value", out var value) ? value : first;
        var role = word.ValueKind == JsonValueKind.String ? RoleNames.Parse(word.GetString()!) : null;
        if (role is null && !(list.RootElement.ValueKind == JsonValueKind.Array && list.RootElement.GetArrayLength() == 0))
        {
            reader.Refuse("invalid_value", name, "Invalid option: expected a list with one of OWNER, ADMIN, MEMBER, VIEWER, NONE");
        }

        return role;
    }

    private static bool IsEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == text.LastIndexOf('@') && at < text.Length - 1 && !text.Any(char.IsWhiteSpace);
    }

    private static string? Describe(BodyReader reader) =>
        reader.Problem is { Error: [var first, ..] } ? (first.Path.Count > 0 ? $"{string.Join('.', first.Path)}: {first.Message}" : first.Message) : null;
}
