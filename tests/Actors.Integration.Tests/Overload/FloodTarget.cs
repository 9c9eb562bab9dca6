using System.Globalization;
using System.Text.RegularExpressions;

namespace Actors.Integration.Overload;

/// <summary>The server that is flooded, over connections that are kept, and what it says of itself.</summary>
internal sealed class FloodTarget : IDisposable
{
    private readonly SiloProcess _silo;

    public FloodTarget(SiloProcess silo)
    {
        _silo = silo;
        Http = Client(silo.Address, silo.Start.Keys!);
        Grpc = Client(silo.GrpcAddress!, silo.Start.Keys!);
    }

    public HttpClient Http { get; }

    public HttpClient Grpc { get; }

    /// <summary>The sum of a metric over all its labels.</summary>
    public async Task<double> MetricAsync(string name, CancellationToken cancellationToken)
    {
        var text = await Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancellationToken);
        return Regex.Matches(text, $@"^{name}(?:\{{[^}}]*\}})? (\S+)", RegexOptions.Multiline)
            .Sum(m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    /// <summary>How many there are of a list of the API.</summary>
    public async Task<long> TotalAsync(string list, CancellationToken cancellationToken) =>
        (long)(await _silo.Client.GetAsync($"/api/public/{list}?limit=1", cancellationToken)).Json["meta"]!["totalItems"]!;

    /// <summary>How many traces the live numbers of the last five minutes have.</summary>
    public async Task<long> LiveTracesAsync(CancellationToken cancellationToken) =>
        (await _silo.Client.GetAsync("/api/internal/live", cancellationToken)).Json["windows"]!.AsArray()
            .Where(w => (string)w!["dimension"]! == "Total" && (int)w["seconds"]! == 300)
            .Select(w => (long)w!["current"]!["traces"]!)
            .SingleOrDefault();

    public void Dispose()
    {
        Http.Dispose();
        Grpc.Dispose();
    }

    private static HttpClient Client(Uri address, ProjectKeys keys)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = keys.Authorization;
        return client;
    }
}
