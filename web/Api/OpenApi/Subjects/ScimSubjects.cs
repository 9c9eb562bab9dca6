using Actors.Contracts;
using static Actors.Web.Api.OpenApi.Fields;
using static Actors.Web.Api.OpenApi.Operations;

namespace Actors.Web.Api.OpenApi.Subjects;

/// <summary>The people of an organization, for identity providers.</summary>
internal static class ScimSubjects
{
    private static readonly Field[] OfUser =
    [
        Text("userName", "the email address").UpTo(254).Required(),
        Object("name").With(Text("formatted").UpTo(200), Text("givenName").UpTo(200), Text("familyName").UpTo(200)),
        Flag("active", "whether the person is a member").Default(true),
        Texts("roles", "one of OWNER, ADMIN, MEMBER, VIEWER, NONE"),
        Text("password", "a first one").Between(1, 200),
    ];

    public static ApiSubject Scim { get; } = new("SCIM", "The people of an organization by SCIM 2.0.")
    {
        Prefix = "/api/public/scim",
        Access = ApiAccess.Organization,
        Problems = [typeof(ScimError), typeof(ErrorBody)],
        Operations =
        [
            Get("/Users", "Lists people")
                .Query(
                    Integer("startIndex").Default(1),
                    Integer("count", "0 to 1000").Default(100),
                    Text("filter", "userName eq \"…\""))
                .Answer<ScimList<ScimUser>>(),
            Post("/Users", "Adds a person").Body(OfUser).Answer<ScimUser>(201).Refuse(409),
            Get("/Users/{userId}", "Gets a person").Answer<ScimUser>().Refuse(404),
            Put("/Users/{userId}", "Changes a person as a whole").Body(OfUser).Answer<ScimUser>().Refuse(404),
            Patch("/Users/{userId}", "Changes a person in part")
                .Body(Objects("Operations").Between(1, 100).Required().With(
                    Text("op").OneOf("add", "replace").Required(),
                    Text("path", "active, name.formatted, displayName or roles; absent: value is an object of them"),
                    Json("value")))
                .Answer<ScimUser>().Refuse(404),
            Delete("/Users/{userId}", "Removes a person from the organization").AnswerNothing(204, "removed").Refuse(400, 404),
            Get("/ServiceProviderConfig", "Says what this server can do").Answer<ScimServiceProvider>(),
            Get("/ResourceTypes", "Lists what there is").Answer<ScimList<ScimResourceType>>(),
            Get("/Schemas", "Lists the properties of what there is").Answer<ScimList<ScimSchema>>(),
        ],
    };
}
