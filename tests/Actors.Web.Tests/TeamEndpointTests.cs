using System.Net;
using System.Text.Json.Nodes;
using Actors.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Tests;

public sealed class TeamEndpointTests : IAsyncLifetime
{
    private const string AdminKey = "an-admin-key-of-these-tests";
    private const string Denied = """{"message":"Access denied - insufficient permissions for this endpoint"}""";
    private static readonly HttpMethod Get = HttpMethod.Get;
    private static readonly HttpMethod Post = HttpMethod.Post;
    private static readonly HttpMethod Put = HttpMethod.Put;
    private static readonly HttpMethod Patch = HttpMethod.Patch;
    private static readonly HttpMethod Delete = HttpMethod.Delete;

    private ApiServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartWithStoresAsync(("ADMIN_API_KEY", AdminKey));
        await _server.Services.GetRequiredService<IApiKeyStore>().CreateAsync(
            new TeamScope("org", null), new NewApiKey("pk-lf-org", "sk-lf-organization", null), TestContext.Current.CancellationToken);
        SignIn("pk-lf-org", "sk-lf-organization");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_project_is_made_changed_listed_and_deleted()
    {
        var made = await OkAsync(Post, "/api/public/projects", """{"name":"New","retention":30,"metadata":{"team":"a"}}""", 201);
        var id = Text(made, "id");
        Assert.Equal(("New", 30, "a"), (Text(made, "name"), (int)made["retentionDays"]!, Text(made["metadata"]!, "team")));

        var changed = await OkAsync(Put, $"/api/public/projects/{id}", """{"name":"Newer","retention":0}""");
        Assert.Equal(("Newer", null, "a"), (Text(changed, "name"), changed["retentionDays"], Text(changed["metadata"]!, "team")));

        var list = (await OkAsync(Get, "/api/public/organizations/projects"))["projects"]!.AsArray();
        Assert.Equal(["Newer", "Project One", "Project Two"], list.Select(p => Text(p!, "name")));

        var key = await OkAsync(Post, $"/api/public/projects/{id}/apiKeys", null, 201);
        SignIn(Text(key, "publicKey"), Text(key, "secretKey"));
        Assert.Equal(id, Text((await OkAsync(Get, "/api/public/projects"))["data"]![0]!, "id"));

        SignIn("pk-lf-org", "sk-lf-organization");
        await ExpectAsync(
            202,
            """{"success":true,"message":"Project deletion has been initiated and is being processed asynchronously."}""",
            Delete,
            $"/api/public/projects/{id}");
        await ExpectNotFoundAsync("Project not found", Delete, $"/api/public/projects/{id}");
        Assert.Equal([id], (await _server.Services.GetRequiredService<IProjectStore>().ListErasuresAsync(TestContext.Current.CancellationToken)).Select(p => p.Value));

        SignIn(Text(key, "publicKey"), Text(key, "secretKey"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.GetAsync("/api/public/projects")).Status);
    }

    [Theory]
    [InlineData("""{}""", "name", "Invalid input: expected string, received undefined")]
    [InlineData("""{"name":""}""", "name", "Too small: expected string to have >=1 characters")]
    [InlineData("""{"name":"n","retention":2}""", "retention", "Invalid input: expected 0 (for ever) or at least 3 days")]
    [InlineData("""{"name":"n","retention":"x"}""", "retention", "Invalid input: expected number, received string")]
    [InlineData("""{"name":"n","metadata":[]}""", "metadata", "Invalid input: expected object, received array")]
    public async Task A_wrong_project_is_told_which_field_is_wrong(string body, string field, string message)
    {
        var (status, answer) = await _server.SendAsync(Post, "/api/public/projects", body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        var problem = JsonNode.Parse(answer)!;
        Assert.Equal("Invalid request data", Text(problem, "message"));
        Assert.Equal((field, message), (Text(problem["error"]![0]!["path"]!, 0), Text(problem["error"]![0]!, "message")));
    }

    [Fact]
    public async Task Names_of_projects_are_unique_in_their_organization()
    {
        const string taken = """{"message":"A project with this name already exists in your organization","error":"LangfuseConflictError"}""";
        await ExpectAsync(409, taken, Post, "/api/public/projects", """{"name":"Project One"}""");
        await ExpectAsync(409, taken, Put, "/api/public/projects/two", """{"name":"Project One"}""");
        await ExpectNotFoundAsync("Project not found", Put, "/api/public/projects/none", """{"name":"Free"}""");
    }

    [Fact]
    public async Task A_key_shows_its_secret_once_and_stops_working_when_it_is_deleted()
    {
        const string keys = "/api/public/projects/one/apiKeys";
        var made = await OkAsync(Post, keys, """{"note":"ci","publicKey":"pk-lf-ci","secretKey":"sk-lf-0123456789"}""", 201);
        Assert.Equal(("ci", "pk-lf-ci", "sk-lf-0123456789"), (Text(made, "note"), Text(made, "publicKey"), Text(made, "secretKey")));

        var listed = (await OkAsync(Get, keys))["apiKeys"]!.AsArray().Single(k => Text(k!, "publicKey") == "pk-lf-ci")!;
        Assert.Equal(
            ["id", "createdAt", "expiresAt", "lastUsedAt", "note", "publicKey", "displaySecretKey"], listed.AsObject().Select(p => p.Key));
        Assert.Equal("sk-lf-...6789", Text(listed, "displaySecretKey"));

        const string taken = """{"message":"The public or the secret key is already in use","error":"LangfuseConflictError"}""";
        await ExpectAsync(409, taken, Post, keys, """{"publicKey":"pk-lf-ci","secretKey":"sk-lf-9876543210"}""");

        SignIn("pk-lf-ci", "sk-lf-0123456789");
        Assert.Equal(HttpStatusCode.OK, (await _server.GetAsync("/api/public/projects")).Status);
        await ExpectAsync(403, Denied, Get, keys);

        SignIn("pk-lf-org", "sk-lf-organization");
        await ExpectAsync(200, """{"success":true}""", Delete, $"{keys}/{Text(made, "id")}");
        await ExpectNotFoundAsync("API key not found", Delete, $"{keys}/{Text(made, "id")}");
        SignIn("pk-lf-ci", "sk-lf-0123456789");
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.GetAsync("/api/public/projects")).Status);
    }

    [Theory]
    [InlineData("""{"publicKey":"pk-lf-x"}""", "secretKey", "Provide both publicKey and secretKey, or neither")]
    [InlineData("""{"secretKey":"sk-lf-0123456789"}""", "publicKey", "Provide both publicKey and secretKey, or neither")]
    [InlineData("""{"publicKey":"key-long-enough","secretKey":"sk-lf-0123456789"}""", "publicKey", "Invalid string: must start with \"pk-lf-\"")]
    [InlineData("""{"publicKey":"pk-lf-x","secretKey":"sk-lf-short"}""", "secretKey", "Too small: expected string to have >=16 characters")]
    public async Task A_wrong_key_is_told_which_field_is_wrong(string body, string field, string message)
    {
        var (status, answer) = await _server.SendAsync(Post, "/api/public/projects/one/apiKeys", body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        var issue = JsonNode.Parse(answer)!["error"]![0]!;
        Assert.Equal((field, message), (Text(issue["path"]!, 0), Text(issue, "message")));
    }

    [Fact]
    public async Task People_come_by_scim_and_get_roles_in_the_organization_and_its_projects()
    {
        const string users = "/api/public/scim/Users";
        var made = await OkAsync(
            Post, users, """{"userName":"Ann@Example.com","name":{"givenName":"Ann","familyName":"Bee"},"password":"secret","roles":["OWNER"]}""", 201);
        var id = Text(made, "id");
        Assert.Equal(
            ("Ann@Example.com", "Ann Bee", true, "OWNER", "User"),
            (Text(made, "userName"), Text(made["name"]!, "formatted"), (bool)made["active"]!, Text(made["roles"]!, 0), Text(made["meta"]!, "resourceType")));
        Assert.DoesNotContain("secret", made.ToJsonString(), StringComparison.Ordinal);
        await ExpectScimErrorAsync(409, "A member of this organization has this userName already", Post, users, """{"userName":"ann@example.com"}""");

        var second = Text(await OkAsync(Post, users, """{"userName":"bob@example.com"}""", 201), "id");
        var page = await OkAsync(Get, users + "?startIndex=2&count=1");
        Assert.Equal((2, 2, 1), ((int)page["totalResults"]!, (int)page["startIndex"]!, (int)page["itemsPerPage"]!));
        Assert.Equal("bob@example.com", Text(page["Resources"]![0]!, "userName"));
        var found = await OkAsync(Get, users + "?filter=" + Uri.EscapeDataString("userName eq \"ANN@example.com\""));
        Assert.Equal(id, Text(found["Resources"]![0]!, "id"));
        await ExpectScimErrorAsync(400, "The only supported filter is userName eq \"…\"", Get, users + "?filter=x");

        const string ofProject = "/api/public/projects/one/memberships";
        await ExpectAsync(200, $$"""{"userId":"{{second}}","role":"ADMIN","email":"bob@example.com","name":""}""", Put, ofProject, $$"""{"userId":"{{second}}","role":"ADMIN"}""");
        await ExpectNotFoundAsync("User not found", Put, ofProject, """{"userId":"nobody","role":"ADMIN"}""");
        Assert.Equal([second], (await OkAsync(Get, ofProject))["memberships"]!.AsArray().Select(m => Text(m!, "userId")));

        var access = await OkAsync(Get, "/api/public/organizations/memberships/BOB%40example.com");
        Assert.Equal("NONE", Text(access, "orgRole"));
        Json.AssertEqual(
            """[{"projectId":"one","name":"Project One","role":"ADMIN","inheritedFromOrgRole":false}]""", access["projects"]!.ToJsonString());

        await ExpectAsync(
            400,
            """{"message":"An organization keeps at least one owner","error":"InvalidRequestError"}""",
            Put,
            "/api/public/organizations/memberships",
            $$"""{"userId":"{{id}}","role":"VIEWER"}""");
        await ExpectAsync(
            200, $$"""{"message":"Membership deleted successfully","userId":"{{second}}"}""", Delete, ofProject, $$"""{"userId":"{{second}}"}""");
        await ExpectNotFoundAsync("User is not a member", Delete, ofProject, $$"""{"userId":"{{second}}"}""");
    }

    [Fact]
    public async Task People_are_changed_deactivated_and_removed_by_scim()
    {
        const string users = "/api/public/scim/Users";
        var id = Text(await OkAsync(Post, users, """{"userName":"cam@example.com","roles":["MEMBER"]}""", 201), "id");

        var patched = await OkAsync(Patch, $"{users}/{id}", """{"Operations":[{"op":"Replace","path":"roles","value":[{"value":"VIEWER"}]},{"op":"replace","path":"name.formatted","value":"Cam"}]}""");
        Assert.Equal(("VIEWER", "Cam"), (Text(patched["roles"]!, 0), Text(patched["name"]!, "formatted")));
        var put = await OkAsync(Put, $"{users}/{id}", """{"userName":"CAM@example.com","name":{"formatted":"Camilla"},"active":true,"roles":["ADMIN"]}""");
        Assert.Equal(("ADMIN", "Camilla"), (Text(put["roles"]!, 0), Text(put["name"]!, "formatted")));
        await ExpectScimErrorAsync(400, "userName cannot be changed", Put, $"{users}/{id}", """{"userName":"other@example.com"}""");
        await ExpectScimErrorAsync(
            400,
            "path: nickName cannot be changed; expected active, name.formatted or roles",
            Patch,
            $"{users}/{id}",
            """{"Operations":[{"op":"replace","path":"nickName","value":"x"}]}""");

        var left = await OkAsync(Patch, $"{users}/{id}", """{"Operations":[{"op":"replace","value":{"active":"False"}}]}""");
        Assert.False((bool)left["active"]!);
        await ExpectScimErrorAsync(404, "User not found", Get, $"{users}/{id}");

        Assert.Equal(id, Text(await OkAsync(Post, users, """{"userName":"cam@example.com"}""", 201), "id"));
        var (status, body) = await _server.SendAsync(Delete, $"{users}/{id}");
        Assert.Equal((HttpStatusCode.NoContent, ""), (status, body));
        await ExpectScimErrorAsync(404, "User not found", Delete, $"{users}/{id}");
    }

    [Fact]
    public async Task Scim_describes_itself()
    {
        Assert.True((bool)(await OkAsync(Get, "/api/public/scim/ServiceProviderConfig"))["patch"]!["supported"]!);
        Assert.Equal("User", Text((await OkAsync(Get, "/api/public/scim/ResourceTypes"))["Resources"]![0]!, "id"));
        Assert.Equal(1, (int)(await OkAsync(Get, "/api/public/scim/Schemas"))["totalResults"]!);
    }

    [Fact]
    public async Task Whoever_runs_the_server_manages_organizations()
    {
        const string organizations = "/api/admin/organizations";
        await ExpectAsync(401, """{"message":"Unauthorized","error":"UnauthorizedError"}""", Get, organizations);

        Bearer(AdminKey);
        var id = Text(await OkAsync(Post, organizations, """{"name":"Acme","metadata":{"plan":"pro"}}""", 201), "id");
        Assert.Equal(["Acme", "Organization"], (await OkAsync(Get, organizations))["organizations"]!.AsArray().Select(o => Text(o!, "name")));
        Assert.Equal("pro", Text((await OkAsync(Put, $"{organizations}/{id}", """{"name":"Acme 2"}"""))["metadata"]!, "plan"));
        Assert.Equal("Acme 2", Text(await OkAsync(Get, $"{organizations}/{id}"), "name"));

        var key = await OkAsync(Post, $"{organizations}/{id}/apiKeys", """{"note":"scim"}""", 201);
        SignIn(Text(key, "publicKey"), Text(key, "secretKey"));
        Assert.Empty((await OkAsync(Get, "/api/public/organizations/projects"))["projects"]!.AsArray());
        Assert.Equal("scim", Text((await OkAsync(Get, "/api/public/organizations/apiKeys"))["apiKeys"]![0]!, "note"));
        await ExpectNotFoundAsync("Project not found", Get, "/api/public/projects/one/apiKeys");

        Bearer(AdminKey);
        await ExpectAsync(200, """{"success":true}""", Delete, $"{organizations}/{id}/apiKeys/{Text(key, "id")}");
        await ExpectAsync(200, """{"success":true}""", Delete, $"{organizations}/{id}");
        await ExpectNotFoundAsync("Organization not found", Get, $"{organizations}/{id}");
        await ExpectAsync(
            400,
            """{"message":"Cannot delete an organization with projects: delete its projects first","error":"InvalidRequestError"}""",
            Delete,
            $"{organizations}/org");
    }

    [Fact]
    public async Task The_administrator_acts_for_a_project_that_is_named()
    {
        Bearer(AdminKey);
        _server.Client.DefaultRequestHeaders.Add("x-langfuse-admin-api-key", AdminKey);
        _server.Client.DefaultRequestHeaders.Add("x-langfuse-project-id", "two");
        Assert.Equal("two", Text((await OkAsync(Get, "/api/public/projects"))["data"]![0]!, "id"));

        Bearer("another key");
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.GetAsync("/api/public/projects")).Status);
    }

    [Fact]
    public async Task An_organizations_key_is_no_projects_key()
    {
        const string wrongKind = "Project ID not found for API token. Are you using an organization key?";
        await ExpectAsync(403, $$"""{"message":"{{wrongKind}}"}""", Get, "/api/public/traces");
        await ExpectAsync(401, $$"""{"message":"{{wrongKind}}","error":"UnauthorizedError"}""", Post, "/api/public/ingestion", """{"batch":[]}""");
        SignIn("pk-lf-1", "sk-lf-1");
        await ExpectAsync(403, Denied, Get, "/api/public/organizations/memberships");
        await ExpectAsync(403, Denied, Get, "/api/public/scim/Users");
    }

    private void SignIn(string publicKey, string secretKey) =>
        _server.Client.DefaultRequestHeaders.Authorization = ApiServer.Basic(publicKey, secretKey);

    private void Bearer(string key) => _server.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);

    private async Task<JsonNode> OkAsync(HttpMethod method, string path, string? json = null, int expected = 200)
    {
        var (status, body) = await _server.SendAsync(method, path, json);
        Assert.True((int)status == expected, $"{method} {path}: {(int)status} {body}");
        return JsonNode.Parse(body)!;
    }

    private async Task ExpectAsync(int expected, string expectedBody, HttpMethod method, string path, string? json = null)
    {
        var (status, body) = await _server.SendAsync(method, path, json);
        Assert.True((int)status == expected, $"{method} {path}: {(int)status} {body}");
        Json.AssertEqual(expectedBody, body);
    }

    private Task ExpectNotFoundAsync(string message, HttpMethod method, string path, string? json = null) =>
        ExpectAsync(404, $$"""{"message":"{{message}}","error":"LangfuseNotFoundError"}""", method, path, json);

    private async Task ExpectScimErrorAsync(int expected, string detail, HttpMethod method, string path, string? json = null)
    {
        var error = await OkAsync(method, path, json, expected);
        Assert.Equal((detail, $"{expected}"), (Text(error, "detail"), Text(error, "status")));
    }

    private static string Text(JsonNode node, string name) => (string)node[name]!;

    private static string Text(JsonNode node, int index) => (string)node[index]!;
}
