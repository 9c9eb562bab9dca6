using System.Net.Http.Json;
using System.Text.Json;

namespace Actors.LoadGen.Load;

/// <summary>What the server says about its own state.</summary>
/// <param name="Traces">Traces of the last five minutes.</param>
/// <param name="Observations">Observations of the last five minutes.</param>
/// <param name="Requests">Model calls of the last five minutes.</param>
/// <param name="CostUsd">Their cost.</param>
/// <param name="Watermark">The position that the read model holds.</param>
/// <param name="Head">The position of the log.</param>
/// <param name="Lag">The age of the oldest row that the read model does not hold.</param>
internal sealed record LiveStatus(
    long Traces, long Observations, long Requests, decimal CostUsd, long Watermark, long Head, TimeSpan Lag)
{
    private const int WindowSeconds = 300;
    private static readonly Uri Path = new("/api/internal/live", UriKind.Relative);

    /// <summary>Asks.</summary>
    public static async Task<LiveStatus> GetAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var answer = await http.GetFromJsonAsync<JsonElement>(Path, cancellationToken);
        var total = answer.GetProperty("windows").EnumerateArray()
            .Where(w => w.GetProperty("dimension").GetString() == "Total" && w.GetProperty("seconds").GetInt32() == WindowSeconds)
            .Select(w => w.GetProperty("current"))
            .FirstOrDefault();
        var analytics = answer.GetProperty("analytics");
        return new LiveStatus(
            Number(total, "traces"),
            Number(total, "observations"),
            Number(total, "requests"),
            total.ValueKind == JsonValueKind.Object ? total.GetProperty("costUsd").GetDecimal() : 0,
            analytics.GetProperty("watermark").GetInt64(),
            analytics.GetProperty("head").GetInt64(),
            TimeSpan.FromMilliseconds(analytics.GetProperty("lagMs").GetDouble()));
    }

    private static long Number(JsonElement total, string name) =>
        total.ValueKind == JsonValueKind.Object ? total.GetProperty(name).GetInt64() : 0;
}
