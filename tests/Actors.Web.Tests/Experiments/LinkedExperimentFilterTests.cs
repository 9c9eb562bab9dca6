using System.Net;
using System.Text.Json.Nodes;

namespace Actors.Web.Tests.Experiments;

/// <summary>Which parameters find a run that is known from a link alone, among those of all cases.</summary>
public sealed class LinkedExperimentFilterTests(StoredApi stored) : IClassFixture<StoredApi>
{
    private readonly string _run = $"r-{Guid.NewGuid()}";

    [Theory]
    [InlineData("/experiments", "id=ID", true)]
    [InlineData("/experiments", "id=other", false)]
    [InlineData("/experiments", "name=RUN", true)]
    [InlineData("/experiments", "name=RU", false)]
    [InlineData("/experiments", "datasetId=DATASET", true)]
    [InlineData("/experiments", "datasetId=other", false)]
    [InlineData("/experiments", "toStartTime=2026-01-05T10:00:01.001Z", true)]
    [InlineData("/experiments", "toStartTime=2026-01-05T10:00:01Z", false)]
    [InlineData("/experiments", """filter=[{"type":"string","column":"name","operator":"starts with","value":"r-"}]""", true)]
    [InlineData("/experiments", """filter=[{"type":"string","column":"id","operator":"=","value":"other"}]""", false)]
    [InlineData("/experiments", """filter=[{"type":"stringOptions","column":"datasetId","operator":"none of","value":["DATASET"]}]""", false)]
    [InlineData("/experiment-items", "experimentId=ID", true)]
    [InlineData("/experiment-items", "experimentId=other", false)]
    [InlineData("/experiment-items", "experimentName=RUN", true)]
    [InlineData("/experiment-items", "experimentName=other", false)]
    [InlineData("/experiment-items", "experimentItemId=ITEM", true)]
    [InlineData("/experiment-items", "experimentItemId=other", false)]
    [InlineData("/experiment-items", "datasetId=DATASET", true)]
    [InlineData("/experiment-items", "datasetId=other", false)]
    [InlineData("/experiment-items", "toStartTime=2026-01-05T10:00:01Z", false)]
    [InlineData("/experiment-items", """filter=[{"type":"string","column":"experimentItemId","operator":"=","value":"ITEM"}]""", true)]
    [InlineData("/experiment-items", """filter=[{"type":"string","column":"experimentName","operator":"contains","value":"RUNRUN"}]""", false)]
    [InlineData("/experiment-items", """filter=[{"type":"string","column":"experimentId","operator":"=","value":"ID"}]""", true)]
    [InlineData("/experiment-items", """filter=[{"type":"string","column":"datasetId","operator":"=","value":"other"}]""", false)]
    public async Task A_run_and_its_link_are_found_by_every_parameter(string path, string query, bool found)
    {
        var dataset = await OkAsync(HttpMethod.Post, "/v2/datasets", $$"""{"name":"{{_run}}"}""");
        var item = await OkAsync(HttpMethod.Post, "/dataset-items", $$"""{"datasetName":"{{_run}}"}""");
        var link = await OkAsync(
            HttpMethod.Post,
            "/dataset-run-items",
            $$"""{"runName":"{{_run}}","datasetItemId":"{{item["id"]}}","traceId":"{{_run}}","createdAt":"2026-01-05T10:00:01Z"}""");
        var id = (string)link["datasetRunId"]!;
        var (name, value) = (query.Split('=')[0], query[(query.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        value = value.Replace("ID", id, StringComparison.Ordinal)
            .Replace("DATASET", (string)dataset["id"]!, StringComparison.Ordinal)
            .Replace("ITEM", (string)item["id"]!, StringComparison.Ordinal)
            .Replace("RUN", _run, StringComparison.Ordinal);

        var page = await OkAsync(HttpMethod.Get, $"{path}?fromStartTime=2026-01-05T00:00:00Z&limit=100&{name}={Uri.EscapeDataString(value)}");
        Assert.Equal(found ? 1 : 0, page["data"]!.AsArray().Count(e => (string)(e!["experimentId"] ?? e["id"])! == id));
    }

    private async Task<JsonNode> OkAsync(HttpMethod method, string path, string? json = null)
    {
        var (status, body) = await stored.Server.SendAsync(method, $"/api/public{path}", json);
        Assert.True(status == HttpStatusCode.OK, $"{status} {body}");
        return JsonNode.Parse(body)!;
    }
}
