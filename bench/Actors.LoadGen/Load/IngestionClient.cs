using System.Net;
using System.Net.Http.Headers;

namespace Actors.LoadGen.Load;

/// <summary>Posts batches and counts what was acknowledged, cheaply.</summary>
internal sealed class IngestionClient(HttpClient http)
{
    private static readonly Uri Path = new("/api/public/ingestion", UriKind.Relative);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>Posts one batch. A failure is an outcome, not an exception.</summary>
    public async Task<PostOutcome> PostAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new ReadOnlyMemoryContent(body);
            content.Headers.ContentType = Json;
            using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = content };
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.MultiStatus)
            {
                return new PostOutcome(0, (int)response.StatusCode >= 500);
            }

            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return new PostOutcome(answer.AsSpan().Count("\"status\":201"u8), answer.AsSpan().IndexOf("\"status\":500"u8) >= 0);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return new PostOutcome(0, IsUnknown: true);
        }
    }
}
