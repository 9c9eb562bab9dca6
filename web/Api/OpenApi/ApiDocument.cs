using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.OpenApi;

/// <summary>The description of the public API: of the routes that are mapped, and no others. Made once, when first asked for.</summary>
internal sealed class ApiDocument(EndpointDataSource endpoints)
{
    private static readonly string[] Prefixes = ["/api/public/", "/api/admin/", "/v1/"];

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lazy<Content> _content = new(() => Make(endpoints));

    /// <summary>The document as JSON.</summary>
    public ReadOnlyMemory<byte> Json => _content.Value.Json;

    /// <summary>Changes when the document does.</summary>
    public string Tag => _content.Value.Tag;

    /// <summary>The document, not to be changed.</summary>
    public JsonObject Root => _content.Value.Root;

    /// <summary>The mapped routes by subject.</summary>
    public IReadOnlyList<(ApiSubject Subject, IReadOnlyList<ApiOperation> Operations)> Subjects => _content.Value.Subjects;

    /// <summary>The routes of the public API that are mapped, as method and path.</summary>
    public static IEnumerable<(string Method, string Path)> FindRoutes(EndpointDataSource endpoints) =>
        from endpoint in endpoints.Endpoints.OfType<RouteEndpoint>()
        let path = "/" + endpoint.RoutePattern.RawText?.TrimStart('/')
        where Prefixes.Any(p => path.StartsWith(p, StringComparison.Ordinal))
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select (method, path);

    private static Content Make(EndpointDataSource endpoints)
    {
        var mapped = FindRoutes(endpoints).ToHashSet();
        var subjects = ApiCatalog.Subjects
            .Select(s => (s, (IReadOnlyList<ApiOperation>)[.. s.Whole.Where(o => mapped.Contains((o.Method, o.Path)))]))
            .Where(s => s.Item2.Count > 0)
            .ToList();
        var root = OpenApiWriter.Write(subjects);
        var json = JsonSerializer.SerializeToUtf8Bytes(root, Readable);
        return new Content(root, json, $"\"{Convert.ToHexStringLower(SHA256.HashData(json)[..8])}\"", subjects);
    }

    private sealed record Content(
        JsonObject Root, byte[] Json, string Tag, IReadOnlyList<(ApiSubject Subject, IReadOnlyList<ApiOperation> Operations)> Subjects);
}
