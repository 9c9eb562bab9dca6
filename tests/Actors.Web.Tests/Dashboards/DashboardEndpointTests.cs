using System.Net;
using System.Text.Json.Nodes;

namespace Actors.Web.Tests.Dashboards;

public sealed class DashboardEndpointTests(StoredApi stored) : IClassFixture<StoredApi>
{
    private const string Boards = "/api/public/unstable/dashboards";
    private const string Widgets = "/api/public/unstable/dashboard-widgets";

    private ApiServer Api => stored.Server;

    [Fact]
    public async Task A_widget_is_made_read_changed_and_deleted()
    {
        var made = await MakeAsync(Widgets, """
            {"name":"Cost by model","view":"observations","dimensions":[{"field":"providedModelName"}],"metrics":[{"measure":"totalCost","agg":"sum"}],
             "filters":[],"chartType":"HORIZONTAL_BAR","chartConfig":{"row_limit":10},"unknown":1}
            """);
        var path = $"{Widgets}/{made["id"]}";
        Json.AssertEqual(
            $$"""
            {"id":"{{made["id"]}}","createdAt":"{{made["createdAt"]}}","updatedAt":"{{made["createdAt"]}}","name":"Cost by model","description":"",
             "view":"observations","dimensions":[{"field":"providedModelName"}],"metrics":[{"measure":"totalCost","agg":"sum"}],"filters":[],
             "chartType":"HORIZONTAL_BAR","chartConfig":{"type":"HORIZONTAL_BAR","row_limit":10} }
            """,
            (await Api.GetAsync(path)).Body);

        var (status, body) = await Api.SendAsync(HttpMethod.Patch, path, """{"chartType":"NUMBER","dimensions":[]}""");
        Assert.Equal(HttpStatusCode.OK, status);
        var changed = JsonNode.Parse(body)!;
        Json.AssertEqual("""{"type":"NUMBER"}""", changed["chartConfig"]!.ToJsonString());
        Assert.Equal(("Cost by model", "NUMBER"), ((string)changed["name"]!, (string)changed["chartType"]!));
        Assert.Contains((string)made["id"]!, await IdsAsync(Widgets));

        Assert.Equal((HttpStatusCode.OK, """{"message":"Dashboard widget successfully deleted"}"""), await Api.SendAsync(HttpMethod.Delete, path));
        await AssertErrorAsync(HttpMethod.Get, path, null, HttpStatusCode.NotFound, "resource_not_found");
    }

    [Fact]
    public async Task A_dashboard_is_made_filled_arranged_and_emptied()
    {
        var widget = (string)(await MakeAsync(Widgets, Widget("observations")))["id"]!;
        var made = await MakeAsync(Boards, """{"name":"mine","filters":[{"type":"string","column":"environment","operator":"=","value":"eu"}]}""");
        var path = $"{Boards}/{made["id"]}";
        Json.AssertEqual(
            $$"""
            {"id":"{{made["id"]}}","createdAt":"{{made["createdAt"]}}","updatedAt":"{{made["createdAt"]}}","name":"mine","description":"",
             "definition":{"widgets":[]},"filters":[{"type":"string","column":"environment","operator":"=","value":"eu"}]}
            """,
            (await Api.GetAsync(path)).Body);

        var tile = await MakeAsync($"{path}/placements", $$"""{"type":"widget","widgetId":"{{widget}}"}""");
        Json.AssertEqual($$"""{"type":"widget","id":"{{tile["id"]}}","widgetId":"{{widget}}","x":0,"y":0,"width":6,"height":6}""", tile.ToJsonString());
        await MakeAsync($"{path}/placements", """{"type":"preset","presetId":"cost/total","id":"own","x":6,"y":0,"width":3,"height":2}""");
        await AssertErrorAsync(
            HttpMethod.Post, $"{path}/placements", """{"type":"preset","presetId":"p","id":"own"}""", HttpStatusCode.Conflict, "conflict");
        await AssertErrorAsync(
            HttpMethod.Post, $"{path}/placements", """{"type":"widget","widgetId":"unknown"}""", HttpStatusCode.NotFound, "resource_not_found");
        await AssertErrorAsync(
            HttpMethod.Patch, $"{path}/placements/own", """{"x":11}""", HttpStatusCode.BadRequest, "invalid_request");

        var (status, moved) = await Api.SendAsync(HttpMethod.Patch, $"{path}/placements/own", """{"x":9,"height":4}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Json.AssertEqual("""{"type":"preset","id":"own","presetId":"cost/total","x":9,"y":0,"width":3,"height":4}""", moved);

        await AssertErrorAsync(HttpMethod.Delete, $"{Widgets}/{widget}", null, HttpStatusCode.Conflict, "conflict");
        Assert.Equal(
            (HttpStatusCode.OK, """{"message":"Dashboard placement successfully deleted"}"""), await Api.SendAsync(HttpMethod.Delete, $"{path}/placements/{tile["id"]}"));
        Assert.Single(JsonNode.Parse((await Api.GetAsync(path)).Body)!["definition"]!["widgets"]!.AsArray());

        Assert.Equal((HttpStatusCode.OK, """{"message":"Dashboard successfully deleted"}"""), await Api.SendAsync(HttpMethod.Delete, path));
        await AssertErrorAsync(HttpMethod.Delete, path, null, HttpStatusCode.NotFound, "resource_not_found");
        Assert.Equal(HttpStatusCode.OK, (await Api.SendAsync(HttpMethod.Delete, $"{Widgets}/{widget}")).Status);
    }

    [Theory]
    [InlineData("""{"view":"traces"}""", "view")]
    [InlineData("""{"dimensions":[{"field":"nonsense"}]}""", "dimensions.0.field")]
    [InlineData("""{"dimensions":[{}]}""", "dimensions.0.field")]
    [InlineData("""{"metrics":[]}""", "metrics")]
    [InlineData("""{"metrics":[{"measure":"nonsense","agg":"sum"}]}""", "metrics.0.measure")]
    [InlineData("""{"metrics":[{"measure":"traceId","agg":"sum"}]}""", "metrics.0.agg")]
    [InlineData("""{"metrics":[{"measure":"latency","agg":"most"}]}""", "metrics.0.agg")]
    [InlineData("""{"filters":[{"type":"string","column":"nonsense","operator":"=","value":"a"}]}""", "filters.0.column")]
    [InlineData("""{"chartConfig":{"type":"PIE"}}""", "chartConfig.type")]
    [InlineData("""{"chartConfig":{"row_limit":0}}""", "chartConfig.row_limit")]
    [InlineData("""{"chartConfig":{"defaultSort":{"column":"a","order":"UP"}}}""", "chartConfig.defaultSort.order")]
    public async Task What_is_wrong_with_a_widget_is_named(string wrong, string path)
    {
        var body = JsonNode.Parse(Widget("observations"))!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(wrong)!.AsObject())
        {
            body[name] = value?.DeepClone();
        }

        Assert.Contains(path, await IssuesAsync(HttpMethod.Post, Widgets, body.ToJsonString()));
    }

    [Fact]
    public async Task What_is_wrong_with_a_dashboard_is_named()
    {
        Assert.Contains("name", await IssuesAsync(HttpMethod.Post, Boards, """{"name":""}"""));
        Assert.Contains("", await IssuesAsync(HttpMethod.Patch, $"{Boards}/unknown", "{}"));
        Assert.Contains("definition.widgets.0.width", await IssuesAsync(
            HttpMethod.Post, Boards, """{"name":"a","definition":{"widgets":[{"type":"preset","id":"a","presetId":"p","x":8,"y":0,"width":6,"height":6}]}}"""));
        Assert.Contains("definition.widgets.0.widgetId", await IssuesAsync(
            HttpMethod.Post, Boards, """{"name":"a","definition":{"widgets":[{"type":"widget","id":"a","x":0,"y":0,"width":6,"height":6}]}}"""));
        Assert.Contains("filters.0.column", await IssuesAsync(
            HttpMethod.Post, Boards, """{"name":"a","filters":[{"type":"string","column":"nonsense","operator":"=","value":"a"}]}"""));
    }

    [Fact]
    public async Task What_a_widget_would_become_is_checked_as_a_whole()
    {
        var made = await MakeAsync(Widgets, Widget("observations"));
        var path = $"{Widgets}/{made["id"]}";

        // A score has no latency, and the widget is no pie.
        await AssertErrorAsync(HttpMethod.Patch, path, """{"view":"scores-numeric"}""", HttpStatusCode.BadRequest, "invalid_request");
        await AssertErrorAsync(HttpMethod.Patch, path, """{"chartConfig":{"type":"PIE"}}""", HttpStatusCode.BadRequest, "invalid_request");
        Json.AssertEqual(made.ToJsonString(), (await Api.GetAsync(path)).Body);
    }

    private static string Widget(string view) => $$"""
        {"name":"w","view":"{{view}}","dimensions":[],"metrics":[{"measure":"latency","agg":"p95"}],"filters":[],"chartType":"LINE_TIME_SERIES"}
        """;

    private async Task<JsonNode> MakeAsync(string path, string json)
    {
        var (status, body) = await Api.PostJsonAsync(path, json);
        Assert.True(status == HttpStatusCode.OK, body);
        return JsonNode.Parse(body)!;
    }

    private async Task<IEnumerable<string>> IdsAsync(string path)
    {
        var page = JsonNode.Parse((await Api.GetAsync($"{path}?limit=100")).Body)!;
        Assert.Equal(1, (int)page["meta"]!["page"]!);
        return page["data"]!.AsArray().Select(item => (string)item!["id"]!);
    }

    private async Task AssertErrorAsync(HttpMethod method, string path, string? json, HttpStatusCode status, string code)
    {
        var (actual, body) = await Api.SendAsync(method, path, json);
        Assert.True(actual == status && (string?)JsonNode.Parse(body)!["code"] == code, $"{method} {path}: {actual} {body}");
    }

    private async Task<IEnumerable<string>> IssuesAsync(HttpMethod method, string path, string json)
    {
        var (status, body) = await Api.SendAsync(method, path, json);
        Assert.True(status == HttpStatusCode.BadRequest, $"{json}: {status} {body}");
        var error = JsonNode.Parse(body)!;
        Assert.Equal("invalid_body", (string)error["code"]!);
        return error["details"]!["issues"]!.AsArray().Select(i => string.Join('.', i!["path"]!.AsArray()));
    }
}
