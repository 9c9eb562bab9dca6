using System.Net;
using Actors.Filtering;

namespace Actors.Web.Tests;

/// <summary>The parameter <c>filter</c> at the border: it replaces the single parameters, and what is wrong with it is named.</summary>
public sealed class FilterParameterTests
{
    private const string ByName = """[{"type":"string","column":"name","operator":"=","value":"chat"}]""";

    [Theory]
    [InlineData("traces")]
    [InlineData("observations")]
    [InlineData("v2/observations")]
    public async Task A_filter_replaces_the_single_parameters(string list)
    {
        await using var server = await ApiServer.StartAsync();
        var (status, _) = await server.GetAsync(
            $"/api/public/{list}?userId=u&fromTimestamp=2026-01-05T10:00:00Z&fromStartTime=2026-01-05T10:00:00Z&filter={Uri.EscapeDataString(ByName)}");

        Assert.Equal(HttpStatusCode.OK, status);
        var (filter, from) = list == "traces"
            ? (server.Grains.Analytics.TraceQuery!.Filter, server.Grains.Analytics.TraceQuery.From)
            : (server.Grains.Analytics.ObservationQuery!.Filter, server.Grains.Analytics.ObservationQuery.From);
        Assert.Equal((Filter.Equal("name", "chat"), null), (filter, from));
    }

    [Theory]
    [InlineData("""[{"type":"string","column":"shoes","operator":"=","value":"a"}]""", """{"code":"invalid_value","path":["filter","0","column"],"message":"Unknown column on traces: shoes"}""")]
    [InlineData("""[{"type":"string","column":"name","operator":"like","value":"a"}]""", """{"code":"invalid_value","path":["filter","0","operator"],"message":"Invalid option: expected one of =, contains, does not contain, starts with, ends with, matches"}""")]
    [InlineData("""[{"type":"text","column":"name","operator":"=","value":"a"}]""", """{"code":"invalid_value","path":["filter","0","type"],"message":"Invalid option: expected one of datetime, string, number, stringOptions, arrayOptions, categoryOptions, stringObject, numberObject, booleanObject, boolean, null"}""")]
    [InlineData("""{"type":"string"}""", """{"code":"invalid_type","path":["filter"],"message":"Invalid input: expected array, received object"}""")]
    [InlineData("[{", """{"code":"custom","path":["filter"],"message":"Invalid JSON in the filter parameter"}""")]
    public async Task A_wrong_filter_is_refused(string filter, string issue)
    {
        await using var server = await ApiServer.StartAsync();
        var (status, body) = await server.GetAsync($"/api/public/traces?filter={Uri.EscapeDataString(filter)}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Json.AssertEqual($$"""{"message":"Invalid request data","error":[{{issue}}]}""", body);
    }

    [Theory]
    [InlineData("contains", HttpStatusCode.BadRequest)]
    [InlineData("starts with", HttpStatusCode.BadRequest)]
    [InlineData("=", HttpStatusCode.OK)]
    [InlineData("matches", HttpStatusCode.OK)]
    public async Task Searching_text_needs_a_value_or_a_word(string op, HttpStatusCode expected)
    {
        await using var server = await ApiServer.StartAsync();
        var filter = $$"""[{"type":"string","column":"input","operator":"{{op}}","value":"a"}]""";
        var (status, body) = await server.GetAsync($"/api/public/v2/observations?filter={Uri.EscapeDataString(filter)}");

        Assert.Equal(expected, status);
        if (expected == HttpStatusCode.BadRequest)
        {
            Json.AssertEqual(
                """{"message":"Invalid request data","error":[{"code":"custom","path":["filter"],"message":"Filters on input or output need at least one = or matches condition on input or output"}]}""",
                body);
        }
    }
}
