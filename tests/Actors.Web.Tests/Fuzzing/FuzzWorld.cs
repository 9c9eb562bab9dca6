using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Actors.Web.Api.OpenApi;

namespace Actors.Web.Tests.Fuzzing;

/// <summary>
/// An organization with a project in which there is one of everything that bodies speak of, made over the API itself. Two of
/// them do not know of each other.
/// </summary>
internal sealed class FuzzWorld
{
    public const string AdminKey = "an-admin-key-of-these-tests";

    // What lists the things of the project, and of the organization.
    private static readonly string[] ProjectLists =
    [
        "projects", "score-configs", "comments", "annotation-queues", "annotation-queues/{queueId}/items", "llm-connections", "models", "unstable/dashboards", "unstable/dashboard-widgets", "datasets", "v2/datasets",
        "dataset-items", "dataset-run-items?datasetId={datasetId}&runName=run", "v2/prompts", "v2/prompts/{name}?version=1", "media/{mediaId}",
    ];

    private static readonly string[] OrganizationLists =
        ["organizations/projects", "organizations/memberships", "projects/{projectId}/memberships", "projects/{projectId}/apiKeys", "scim/Users"];

    private readonly ApiServer _server;
    private readonly Dictionary<string, string> _ids;
    private readonly Dictionary<ApiAccess, AuthenticationHeaderValue?> _keys = new()
    {
        [ApiAccess.None] = null,
        [ApiAccess.Administrator] = new AuthenticationHeaderValue("Bearer", AdminKey),
    };

    private FuzzWorld(ApiServer server, Dictionary<string, string> ids) => (_server, _ids) = (server, ids);

    /// <summary>The id of the project.</summary>
    public string Project => _ids["project"];

    public static async Task<FuzzWorld> CreateAsync(ApiServer server, string name)
    {
        // Each request shows the key that it needs, or none.
        server.Client.DefaultRequestHeaders.Authorization = null;
        var world = new FuzzWorld(server, []);
        await world.MakeTeamAsync(name);
        await world.MakeThingsAsync(name);
        return world;
    }

    /// <summary>The same world, when another server has it.</summary>
    public FuzzWorld At(ApiServer server)
    {
        server.Client.DefaultRequestHeaders.Authorization = null;
        var world = new FuzzWorld(server, _ids);
        foreach (var (access, key) in _keys)
        {
            world._keys[access] = key;
        }

        return world;
    }

    /// <summary>A seed, or a path, with the ids of this world.</summary>
    public string Fill(string template, long number)
    {
        var text = new StringBuilder(template)
            .Replace("{n}", number.ToString(CultureInfo.InvariantCulture)).Replace("{hex}", number.ToString("x32", CultureInfo.InvariantCulture));
        foreach (var (name, id) in _ids)
        {
            text.Replace($"{{{name}}}", id);
        }

        return text.ToString();
    }

    public async Task<(int Status, string Body)> SendAsync(string method, string path, FuzzInput? input, ApiAccess access)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)) { Content = input?.ToContent() };
        request.Headers.Authorization = _keys[access];
        using var response = await _server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await ApiServer.ReadAsync(response));
    }

    /// <summary>All that is in it, as the API tells it.</summary>
    public async Task<string> ReadAsync()
    {
        var text = new StringBuilder();
        foreach (var (list, access) in ProjectLists.Select(l => (l, ApiAccess.Project)).Concat(OrganizationLists.Select(l => (l, ApiAccess.Organization))))
        {
            var (status, body) = await SendAsync("GET", Fill("/api/public/" + list, 0), null, access);
            Assert.True(status == 200, $"{list}: {status} {body}");
            var answer = JsonNode.Parse(body)!.AsObject();

            // Where a file can be had is signed for a moment.
            answer.Remove("url");
            answer.Remove("urlExpiry");
            text.Append(list).Append(' ').Append(answer.ToJsonString()).Append('\n');
        }

        return text.ToString();
    }

    private async Task MakeTeamAsync(string name)
    {
        var organization = await MakeAsync("POST", "/api/admin/organizations", $$"""{"name":"{{name}}"}""", ApiAccess.Administrator);
        _ids["organizationId"] = Id(await MakeAsync("POST", "/api/admin/organizations", $$"""{"name":"{{name}} spare"}""", ApiAccess.Administrator));
        _keys[ApiAccess.Organization] = Key(await MakeAsync("POST", $"/api/admin/organizations/{Id(organization)}/apiKeys", "{}", ApiAccess.Administrator));
        _ids["project"] = Id(await MakeAsync("POST", "/api/public/projects", $$"""{"name":"{{name}}"}""", ApiAccess.Organization));
        _ids["projectId"] = Id(await MakeAsync("POST", "/api/public/projects", $$"""{"name":"{{name}} managed"}""", ApiAccess.Organization));
        var key = Key(await MakeAsync("POST", $"/api/public/projects/{Project}/apiKeys", "{}", ApiAccess.Organization));
        _keys[ApiAccess.Project] = _keys[ApiAccess.ProjectOrPublic] = key;
        foreach (var person in new[] { "user", "leaver", "userId" })
        {
            _ids[person] = Id(await MakeAsync(
                "POST", "/api/public/scim/Users", $$"""{"userName":"{{person}}@{{name}}.example.com","roles":["MEMBER"]}""", ApiAccess.Organization));
        }

        _ids["userName"] = $"userId@{name}.example.com";
    }

    private async Task MakeThingsAsync(string name)
    {
        _ids["config"] = Id(await MakeAsync("POST", "/api/public/score-configs", """{"name":"tone","dataType":"NUMERIC","minValue":-10,"maxValue":10}"""));
        _ids["configId"] = Id(await MakeAsync("POST", "/api/public/score-configs", """{"name":"other","dataType":"NUMERIC"}"""));
        _ids["queueId"] = Id(await MakeAsync("POST", "/api/public/annotation-queues", $$"""{"name":"{{name}}","scoreConfigIds":["{{_ids["config"]}}"]}"""));
        _ids["itemId"] = Id(await MakeAsync("POST", $"/api/public/annotation-queues/{_ids["queueId"]}/items", """{"objectId":"t","objectType":"TRACE"}"""));
        _ids["widgetId"] = Id(await MakeAsync("POST", "/api/public/unstable/dashboard-widgets", FuzzSeeds.Bodies["POST /api/public/unstable/dashboard-widgets"]));
        _ids["dashboardId"] = Id(await MakeAsync("POST", "/api/public/unstable/dashboards", """{"name":"board"}"""));
        _ids["placementId"] = Id(await MakeAsync(
            "POST", $"/api/public/unstable/dashboards/{_ids["dashboardId"]}/placements", """{"type":"preset","presetId":"cost"}"""));
        _ids["name"] = "prompt";
        _ids["version"] = "1";
        _ids["prompt"] = Id(await MakeAsync("POST", "/api/public/v2/prompts", """{"name":"prompt","prompt":"Be {{tone}}"}"""));
        _ids["dataset"] = "set";
        _ids["datasetId"] = Id(await MakeAsync("POST", "/api/public/v2/datasets", """{"name":"set"}"""));
        _ids["item"] = Id(await MakeAsync("POST", "/api/public/dataset-items", $$"""{"datasetName":"set","id":"{{name}}-item","input":"a"}"""));
        await MakeAsync("POST", "/api/public/dataset-run-items", $$"""{"runName":"run","datasetItemId":"{{name}}-item","traceId":"t"}""");
        var media = await MakeAsync("POST", "/api/public/media", Fill(FuzzSeeds.Bodies["POST /api/public/media"], 0));
        _ids["mediaId"] = (string)media["mediaId"]!;
        _ids["ticket"] = ((string)media["uploadUrl"]!).Split('/')[^1];
        await MakeAsync("PATCH", $"/api/public/media/{_ids["mediaId"]}", FuzzSeeds.Bodies["PATCH /api/public/media/{mediaId}"]);
    }

    private async Task<JsonNode> MakeAsync(string method, string path, string body, ApiAccess access = ApiAccess.Project)
    {
        var (status, answer) = await SendAsync(method, path, new FuzzInput(Encoding.UTF8.GetBytes(body), "application/json"), access);
        Assert.True(status is 200 or 201, $"{method} {path}: {status} {answer}");
        return answer.Length > 0 ? JsonNode.Parse(answer)! : new JsonObject();
    }

    private static string Id(JsonNode made) => (string)made["id"]!;

    private static AuthenticationHeaderValue Key(JsonNode made) => ApiServer.Basic((string)made["publicKey"]!, (string)made["secretKey"]!);
}
