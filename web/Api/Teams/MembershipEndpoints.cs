using Actors.Access;
using Actors.Contracts;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Teams;

/// <summary>Who belongs to an organization and its projects, with the organization's key (langfuse-api §15).</summary>
internal static class MembershipEndpoints
{
    private const int MaxIdLength = 200;
    private const string Roles = "OWNER, ADMIN, MEMBER, VIEWER";

    public static void Map(IEndpointRouteBuilder routes)
    {
        const string ofOrganization = "/organizations/memberships";
        routes.MapGet(ofOrganization, static (HttpContext c, IMembershipStore m) => ListAsync(c, Organization(c), m));
        routes.MapPut(ofOrganization, static (HttpContext c, IMembershipStore m) => PutAsync(c, Organization(c), m));
        routes.MapDelete(ofOrganization, static (HttpContext c, IMembershipStore m) => DeleteAsync(c, Organization(c), m));
        routes.MapGet(ofOrganization + "/{email}", FindAccessAsync);

        const string ofProject = "/projects/{projectId}/memberships";
        routes.MapGet(ofProject, static (HttpContext c, string projectId, IProjectStore p, IMembershipStore m) =>
            ApiKeyEndpoints.ForProjectAsync(c, projectId, p, scope => ListAsync(c, scope, m)));
        routes.MapPut(ofProject, static (HttpContext c, string projectId, IProjectStore p, IMembershipStore m) =>
            ApiKeyEndpoints.ForProjectAsync(c, projectId, p, scope => PutAsync(c, scope, m)));
        routes.MapDelete(ofProject, static (HttpContext c, string projectId, IProjectStore p, IMembershipStore m) =>
            ApiKeyEndpoints.ForProjectAsync(c, projectId, p, scope => DeleteAsync(c, scope, m)));
    }

    private static TeamScope Organization(HttpContext context) => new(context.GetOrganization().Id, null);

    private static async Task ListAsync(HttpContext context, TeamScope scope, IMembershipStore memberships)
    {
        var members = await memberships.ListAsync(scope, context.RequestAborted);
        await Respond.JsonAsync(context, 200, new MembershipsBody([.. members.Select(ToBody)]), ContractsJsonContext.Wire.MembershipsBody);
    }

    private static async Task PutAsync(HttpContext context, TeamScope scope, IMembershipStore memberships)
    {
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
        {
            return;
        }

        var reader = new BodyReader(body.RootElement);
        var userId = reader.Text("userId", required: true, min: 1, max: MaxIdLength);
        var role = reader.OneOf("role", static text => RoleNames.Parse(text) is { } r and not Role.None ? r : (Role?)null, Roles, required: true);
        if (await reader.RefusedAsync(context))
        {
            return;
        }

        var change = await memberships.PutAsync(scope, userId!, role!.Value, context.RequestAborted);
        if (!await RefusedAsync(context, change))
        {
            await Respond.JsonAsync(context, 200, ToBody(change.Member!), ContractsJsonContext.Wire.MembershipBody);
        }
    }

    private static async Task DeleteAsync(HttpContext context, TeamScope scope, IMembershipStore memberships)
    {
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
        {
            return;
        }

        var reader = new BodyReader(body.RootElement);
        var userId = reader.Text("userId", required: true, min: 1, max: MaxIdLength);
        if (await reader.RefusedAsync(context))
        {
            return;
        }

        var change = await memberships.DeleteAsync(scope, userId!, context.RequestAborted);
        if (!await RefusedAsync(context, change))
        {
            var answer = new MembershipDeletionBody("Membership deleted successfully", userId!);
            await Respond.JsonAsync(context, 200, answer, ContractsJsonContext.Wire.MembershipDeletionBody);
        }
    }

    private static async Task FindAccessAsync(HttpContext context, IMembershipStore memberships)
    {
        var access = await memberships.FindAccessAsync(context.GetOrganization().Id, context.GetLastSegment(), context.RequestAborted);
        if (access is not { Member: var member })
        {
            await Respond.NotFoundAsync(context, "No member of this organization has this email address");
            return;
        }

        var body = new MemberAccessBody(
            member.UserId,
            member.Email,
            member.Name.Length > 0 ? member.Name : null,
            member.Role.ToWire(),
            [.. access.Projects.Select(p => new MemberProjectBody(p.ProjectId.Value, p.Name, p.Role.ToWire(), p.IsInherited))]);
        await Respond.JsonAsync(context, 200, body, ContractsJsonContext.Wire.MemberAccessBody);
    }

    private static async Task<bool> RefusedAsync(HttpContext context, MembershipChange change)
    {
        switch (change.Outcome)
        {
            case MembershipOutcome.UnknownUser:
                await Respond.NotFoundAsync(context, "User not found");
                return true;
            case MembershipOutcome.NotMember:
                await Respond.NotFoundAsync(context, "User is not a member");
                return true;
            case MembershipOutcome.LastOwner:
                await Respond.ErrorAsync(context, 400, "An organization keeps at least one owner", "InvalidRequestError");
                return true;
            default:
                return false;
        }
    }

    private static MembershipBody ToBody(MemberRecord member) => new(member.UserId, member.Role.ToWire(), member.Email, member.Name);
}
