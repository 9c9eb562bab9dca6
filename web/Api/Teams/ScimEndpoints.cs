using System.Text.RegularExpressions;
using Actors.Access;
using Actors.Contracts;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Teams;

/// <summary>The people of an organization by SCIM 2.0 (RFC 7644), with the organization's key (langfuse-api §15).</summary>
internal static partial class ScimEndpoints
{
    private const string ListSchema = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    private const string ErrorSchema = "urn:ietf:params:scim:api:messages:2.0:Error";
    private const int DefaultCount = 100;
    private const int MaxCount = 1000;

    private static readonly PasswordHasher<object> Passwords = new();

    public static void Map(IEndpointRouteBuilder routes)
    {
        ScimDiscovery.Map(routes);
        routes.MapGet("/Users", ListAsync);
        routes.MapPost("/Users", CreateAsync);
        routes.MapGet("/Users/{userId}", GetAsync);
        routes.MapPut("/Users/{userId}", ReplaceAsync);
        routes.MapPatch("/Users/{userId}", PatchAsync);
        routes.MapDelete("/Users/{userId}", DeleteAsync);
    }

    private static async Task ListAsync(HttpContext context, IUserStore users)
    {
        var reader = new QueryReader(context.Request.Query);
        var start = Math.Max(1, reader.Integer("startIndex", 1, int.MinValue, int.MaxValue));
        var count = Math.Clamp(reader.Integer("count", DefaultCount, int.MinValue, int.MaxValue), 0, MaxCount);
        string? email = null;
        if (reader.Text("filter") is { } filter)
        {
            var match = UserNameFilter().Match(filter);
            if (!match.Success)
            {
                await RefuseAsync(context, 400, "The only supported filter is userName eq \"…\"");
                return;
            }

            email = match.Groups["value"].Value;
        }

        if (reader.Problem is { } problem)
        {
            await RefuseAsync(context, 400, $"{problem.Error[0].Path[0]}: {problem.Error[0].Message}");
            return;
        }

        var page = await users.ListAsync(context.GetOrganization().Id, email, start - 1, count, context.RequestAborted);
        var list = new ScimList<ScimUser>(
            [ListSchema], (int)page.TotalItems, start, page.Items.Count, [.. page.Items.Select(u => ToBody(u))]);
        await Respond.JsonAsync(context, 200, list, ContractsJsonContext.Wire.ScimListScimUser);
    }

    private static async Task GetAsync(HttpContext context, string userId, IUserStore users) =>
        await AnswerAsync(context, 200, await users.FindAsync(context.GetOrganization().Id, userId, context.RequestAborted));

    private static async Task CreateAsync(HttpContext context, IUserStore users)
    {
        if (await ScimUserChange.ReadAsync(context) is not { } change)
        {
            return;
        }

        if (change.Problem is { } problem)
        {
            await RefuseAsync(context, 400, problem);
            return;
        }

        var hash = change.Password is { } password ? Passwords.HashPassword(change, password) : null;
        var user = new NewUser(change.UserName!, change.Name, hash, change.Role ?? Role.None);
        if (await users.AddAsync(context.GetOrganization().Id, user, context.RequestAborted) is { } added)
        {
            await AnswerAsync(context, 201, added);
        }
        else
        {
            await RefuseAsync(context, 409, "A member of this organization has this userName already");
        }
    }

    private static async Task ReplaceAsync(HttpContext context, string userId, IUserStore users, IMembershipStore memberships)
    {
        if (await ScimUserChange.ReadAsync(context) is not { } change)
        {
            return;
        }

        var current = await users.FindAsync(context.GetOrganization().Id, userId, context.RequestAborted);
        var renames = current is not null && !string.Equals(change.UserName, current.Email, StringComparison.OrdinalIgnoreCase);
        await ApplyAsync(
            context, current, change with { Problem = change.Problem ?? (renames ? "userName cannot be changed" : null) }, users, memberships);
    }

    private static async Task PatchAsync(HttpContext context, string userId, IUserStore users, IMembershipStore memberships)
    {
        var current = await users.FindAsync(context.GetOrganization().Id, userId, context.RequestAborted);
        if (await ScimUserChange.ReadPatchAsync(context, current?.Name) is { } change)
        {
            await ApplyAsync(context, current, change, users, memberships);
        }
    }

    private static async Task DeleteAsync(HttpContext context, string userId, IMembershipStore memberships)
    {
        if (await LeaveAsync(context, userId, memberships))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    private static async Task ApplyAsync(
        HttpContext context, UserRecord? current, ScimUserChange change, IUserStore users, IMembershipStore memberships)
    {
        if (current is null)
        {
            await AnswerAsync(context, 404, null);
        }
        else if (change.Problem is { } problem)
        {
            await RefuseAsync(context, 400, problem);
        }
        else if (change.IsActive)
        {
            await AnswerAsync(
                context, 200, await users.UpdateAsync(context.GetOrganization().Id, current.Id, change.Name, change.Role, context.RequestAborted));
        }
        else if (await LeaveAsync(context, current.Id, memberships))
        {
            await Respond.JsonAsync(context, 200, ToBody(current, isActive: false), ContractsJsonContext.Wire.ScimUser);
        }
    }

    // Who is not active is no member: the person stays known, and can be added again.
    private static async Task<bool> LeaveAsync(HttpContext context, string userId, IMembershipStore memberships)
    {
        var change = await memberships.DeleteAsync(new TeamScope(context.GetOrganization().Id, null), userId, context.RequestAborted);
        switch (change.Outcome)
        {
            case MembershipOutcome.Changed:
                return true;
            case MembershipOutcome.LastOwner:
                await RefuseAsync(context, 400, "An organization keeps at least one owner");
                return false;
            default:
                await AnswerAsync(context, 404, null);
                return false;
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, UserRecord? user) => user is null
        ? RefuseAsync(context, 404, "User not found")
        : Respond.JsonAsync(context, status, ToBody(user), ContractsJsonContext.Wire.ScimUser);

    private static Task RefuseAsync(HttpContext context, int status, string detail) =>
        Respond.JsonAsync(context, status, new ScimError([ErrorSchema], detail, $"{status}"), ContractsJsonContext.Wire.ScimError);

    private static ScimUser ToBody(UserRecord user, bool isActive = true) => new(
        [ScimDiscovery.UserSchema],
        user.Id,
        user.Email,
        new ScimName(user.Name),
        [new ScimEmail(true, user.Email, "work")],
        isActive,
        [user.Role.ToWire()],
        new ScimUserMeta("User", user.CreatedAt, user.UpdatedAt));

    [GeneratedRegex("""^\s*userName\s+eq\s+"(?<value>[^"]{1,320})"\s*$""", RegexOptions.IgnoreCase)]
    private static partial Regex UserNameFilter();
}
