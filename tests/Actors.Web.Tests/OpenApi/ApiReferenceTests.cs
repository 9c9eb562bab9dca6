using System.Text.Json.Nodes;
using Actors.Web.Api.OpenApi;
using Actors.Web.Model.ApiDocs;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Tests.OpenApi;

/// <summary>What the readable page says.</summary>
public sealed class ApiReferenceTests
{
    [Fact]
    public async Task A_route_is_shown_with_what_it_takes_what_it_answers_and_a_line_that_calls_it()
    {
        var routes = await RoutesAsync();
        var list = routes["get-dataset-run-items"];

        Assert.Equal(["page", "limit", "datasetId", "runName"], list.Parameters.Select(p => p.Name));
        Assert.Equal("default 50, at least 1, at most 100", list.Parameters[1].Limits);
        Assert.Equal(["datasetId", "runName"], list.Parameters.Where(p => p.IsRequired).Select(p => p.Name));
        Assert.Equal("200", Assert.Single(list.Answers).Status);
        Assert.Equal(["400", "401", "403", "404"], list.Refusals.Select(r => r.Status));
        Assert.Equal(
            "curl -u \"$LANGFUSE_PUBLIC_KEY:$LANGFUSE_SECRET_KEY\" \\\n  'http://here/api/public/dataset-run-items?datasetId=DATASETID&runName=RUNNAME'",
            list.CommandFor("http://here/"));
        Assert.Equal(
            "curl -X DELETE -u \"$LANGFUSE_PUBLIC_KEY:$LANGFUSE_SECRET_KEY\" \\\n  'http://here/api/public/scores/SCOREID'",
            routes["delete-scores-scoreId"].CommandFor("http://here/"));
        Assert.StartsWith("curl 'http://here/api/public/health'", routes["get-health"].CommandFor("http://here/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anchors_are_unique_within_the_page()
    {
        var routes = await RoutesAsync();
        Assert.Contains("get-v2-scores-scoreId", routes.Keys);
        Assert.Contains("post-v1-traces", routes.Keys);
        Assert.Contains("post-otel-v1-traces", routes.Keys);
    }

    [Fact]
    public void A_shape_says_what_may_be_null_left_out_repeated_or_chosen()
    {
        var components = new JsonObject { ["Inner"] = JsonNode.Parse("""{"type":"object","properties":{"n":{"type":"integer"}}}""") };
        var shape = new SchemaSketch(components).Draw(JsonNode.Parse("""
            {
              "type": "object",
              "required": ["id", "kind", "inner", "free"],
              "properties": {
                "id": { "type": "string", "description": "stays" },
                "at": { "type": ["string", "null"], "format": "date-time" },
                "kind": { "type": "string", "enum": ["A", "B"] },
                "inner": { "anyOf": [{ "$ref": "#/components/schemas/Inner" }, { "type": "null" }] },
                "free": { "type": "object", "additionalProperties": { "type": "array", "items": {} } }
              }
            }
            """)!);

        Assert.Equal(
            """
            {
              "id": string  // stays
              "at"?: time | null
              "kind": "A" | "B"
              "inner": {
                "n"?: integer
              } | null
              "free": { [key]: [any JSON] }
            }
            """,
            shape);
    }

    // A dictionary refuses what is there twice.
    private static async Task<Dictionary<string, OperationView>> RoutesAsync()
    {
        await using var server = await ApiServer.StartAsync();
        return ApiReference.Of(server.Services.GetRequiredService<ApiDocument>()).Subjects.SelectMany(s => s.Operations).ToDictionary(o => o.Anchor);
    }
}
