using Actors.Contracts;
using static Actors.Web.Api.OpenApi.Fields;
using static Actors.Web.Api.OpenApi.Operations;

namespace Actors.Web.Api.OpenApi.Subjects;

/// <summary>Who may do what.</summary>
internal static class TeamSubjects
{
    private static readonly Field Metadata = Object("metadata");

    private static readonly Field[] OfProject =
        [Text("name").Between(1, 100).Required(), Integer("retention", "days, 0 for ever or at least 3").Between(0, 100_000), Metadata];

    private static readonly Field[] OfOrganization = [Text("name").Between(1, 100).Required(), Metadata];

    private static readonly Field[] OfKey =
    [
        Text("note").UpTo(500),
        Text("publicKey", "begins with pk-lf-; with secretKey, else both are made").UpTo(200),
        Text("secretKey", "begins with sk-lf-").Between(16, 200),
    ];

    private static readonly Field User = Text("userId").Between(1, 200).Required();

    private static readonly Field Role = Text("role").OneOf("OWNER", "ADMIN", "MEMBER", "VIEWER").Required();

    public static ApiSubject Projects { get; } = new("Projects and keys", "The projects of an organization, and the keys that open them.")
    {
        Access = ApiAccess.Organization,
        Operations =
        [
            Get("/projects", "Gets the project of the key").For(ApiAccess.Project).Answer<ProjectsBody>(),
            Get("/organizations/projects", "Lists the projects of the organization").Answer<OrganizationProjectsBody>(),
            Post("/projects", "Creates a project").Body(OfProject).Answer<ManagedProjectBody>(201).Refuse(409),
            Put("/projects/{projectId}", "Changes a project").Body(OfProject).Answer<ManagedProjectBody>().Refuse(404, 409),
            Delete("/projects/{projectId}", "Deletes a project with everything in it").Answer<ProjectDeletionBody>(202).Refuse(404),
            Get("/projects/{projectId}/apiKeys", "Lists the keys of a project").Answer<ApiKeysBody>().Refuse(404),
            Post("/projects/{projectId}/apiKeys", "Creates a key of a project")
                .OptionalBody(OfKey).Answer<NewApiKeyBody>(201, "with its secret, this once").Refuse(404, 409),
            Delete("/projects/{projectId}/apiKeys/{keyId}", "Deletes a key of a project").Answer<SuccessBody>().Refuse(404),
            Get("/organizations/apiKeys", "Lists the keys of the organization").Answer<ApiKeysBody>(),
        ],
    };

    public static ApiSubject Memberships { get; } = new("Memberships", "Who belongs to an organization and its projects.")
    {
        Access = ApiAccess.Organization,
        Operations =
        [
            Get("/organizations/memberships", "Lists the members of the organization").Answer<MembershipsBody>(),
            Put("/organizations/memberships", "Gives a person a role").Body(User, Role).Answer<MembershipBody>().Refuse(404),
            Delete("/organizations/memberships", "Removes a person").Body(User).Answer<MembershipDeletionBody>().Refuse(404),
            Get("/organizations/memberships/{email}", "Gets a person's roles in all projects").Answer<MemberAccessBody>().Refuse(404),
            Get("/projects/{projectId}/memberships", "Lists the members of a project").Answer<MembershipsBody>().Refuse(404),
            Put("/projects/{projectId}/memberships", "Gives a person a role in a project").Body(User, Role).Answer<MembershipBody>().Refuse(404),
            Delete("/projects/{projectId}/memberships", "Removes a person's role in a project")
                .Body(User).Answer<MembershipDeletionBody>().Refuse(404),
        ],
    };

    public static ApiSubject Administration { get; } = new("Administration", "All organizations, and backups, for whoever runs the server.")
    {
        Prefix = "/api/admin",
        Access = ApiAccess.Administrator,
        Operations =
        [
            Get("/organizations", "Lists organizations").Answer<OrganizationsBody>(),
            Post("/organizations", "Creates an organization").Body(OfOrganization).Answer<ManagedOrganizationBody>(201),
            Get("/organizations/{organizationId}", "Gets an organization").Answer<ManagedOrganizationBody>().Refuse(404),
            Put("/organizations/{organizationId}", "Changes an organization").Body(OfOrganization).Answer<ManagedOrganizationBody>().Refuse(404),
            Delete("/organizations/{organizationId}", "Deletes an organization without projects").Answer<SuccessBody>().Refuse(400, 404),
            Get("/organizations/{organizationId}/apiKeys", "Lists the keys of an organization").Answer<ApiKeysBody>().Refuse(404),
            Post("/organizations/{organizationId}/apiKeys", "Creates a key of an organization")
                .OptionalBody(OfKey).Answer<NewApiKeyBody>(201, "with its secret, this once").Refuse(404, 409),
            Delete("/organizations/{organizationId}/apiKeys/{keyId}", "Deletes a key of an organization").Answer<SuccessBody>().Refuse(404),
            Get("/actors/backups", "Lists the backups of an embedded server").Answer<BackupsBody>(),
            Post("/actors/backups", "Takes a backup of an embedded server, and answers when it is whole").Answer<BackupBody>(201).Refuse(400, 409, 503),
        ],
    };
}
