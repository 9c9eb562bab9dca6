using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Actors.Web.Api.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Tests.OpenApi;

public sealed class OpenApiTests : IAsyncLifetime
{
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public void Every_mapped_route_is_described_and_nothing_else_is()
    {
        var mapped = ApiDocument.FindRoutes(_server.Services.GetRequiredService<EndpointDataSource>()).Select(r => $"{r.Method} {r.Path}").Order().ToList();
        var described = ApiCatalog.Subjects.SelectMany(s => s.Whole).Select(o => $"{o.Method} {o.Path}").Order().ToList();

        Assert.NotEmpty(mapped);
        Assert.True(mapped.SequenceEqual(described), $"""
            Without a description in web/Api/OpenApi/Subjects: {string.Join(", ", mapped.Except(described))}
            Described, but not mapped: {string.Join(", ", described.Except(mapped))}
            """);
    }

    [Fact]
    public async Task Everybody_may_read_the_document_and_need_not_read_it_twice()
    {
        _server.Client.DefaultRequestHeaders.Authorization = null;
        using var first = await _server.Client.GetAsync(new Uri("/openapi.json", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("application/json", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal("*", Assert.Single(first.Headers.GetValues("Access-Control-Allow-Origin")));

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/openapi.json", UriKind.Relative));
        request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(first.Headers.ETag!.ToString()));
        using var second = await _server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Every_reference_leads_somewhere_and_every_operation_has_an_id_of_its_own()
    {
        var document = JsonNode.Parse((await _server.GetAsync("/openapi.json")).Body)!;
        var components = document["components"]!.AsObject()
            .SelectMany(kind => kind.Value!.AsObject().Select(c => $"#/components/{kind.Key}/{c.Key}")).ToHashSet();
        var references = Nodes(document).OfType<JsonObject>().Where(o => o.ContainsKey("$ref")).Select(o => (string)o["$ref"]!).ToHashSet();
        Assert.NotEmpty(references);
        Assert.Subset(components, references);

        var operations = Nodes(document["paths"]!).OfType<JsonObject>().Where(o => o.ContainsKey("operationId")).ToList();
        Assert.Equal(operations.Count, operations.Select(o => (string)o["operationId"]!).Distinct().Count());
        Assert.All(operations, o => Assert.Contains(o["responses"]!.AsObject(), r => r.Key.StartsWith('2')));

        var schemes = document["components"]!["securitySchemes"]!.AsObject().Select(s => s.Key).ToHashSet();
        Assert.All(operations.SelectMany(o => o["security"]!.AsArray()), s => Assert.Contains(Assert.Single(s!.AsObject()).Key, schemes));
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode node) =>
    [
        node,
        .. node switch
        {
            JsonObject o => o.Where(p => p.Value is not null).SelectMany(p => Nodes(p.Value!)),
            JsonArray a => a.Where(i => i is not null).SelectMany(i => Nodes(i!)),
            _ => [],
        },
    ];
}
