namespace Actors.LoadGen.Server;

/// <summary>
/// Spreads requests over servers in turn, as a proxy does: a server that does not listen has taken nothing, and the next one is
/// asked.
/// </summary>
internal sealed class SpreadHandler(IReadOnlyList<Uri> addresses, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private uint _next;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.PathAndQuery;
        for (var others = addresses.Count - 1; ; others--)
        {
            request.RequestUri = new Uri(addresses[(int)(Interlocked.Increment(ref _next) % addresses.Count)], path);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError && others > 0)
            {
                // Nobody listens there.
            }
        }
    }
}
