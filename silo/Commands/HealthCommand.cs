using System.Net;
using Actors.Silo.Hosting;

namespace Actors.Silo.Commands;

/// <summary>
/// <c>health [URL]</c>: asks the server on this machine whether it is ready. Container images without a shell have no other
/// program that could ask.
/// </summary>
internal static class HealthCommand
{
    /// <summary>The first argument.</summary>
    public const string Name = "health";

    private const string UrlsVariable = "ASPNETCORE_URLS";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Asks once.</summary>
    /// <param name="arguments">What follows the name: nothing, or the server's address.</param>
    /// <returns>The exit code: 0 when the server is ready.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var url = arguments is [var given, ..] ? given : ToLocal(Environment.GetEnvironmentVariable(UrlsVariable));
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri(url), Timeout = Limit };
            using var answer = await client.GetAsync(new Uri("/api/public/ready", UriKind.Relative));
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return 0;
            }

            await Console.Error.WriteLineAsync($"actors: {url} answers {(int)answer.StatusCode}.");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or UriFormatException)
        {
            await Console.Error.WriteLineAsync($"actors: {url} does not answer: {e.Message}");
        }

        return 1;
    }

    /// <summary>The first address that a server with this list listens on, as a caller on its machine reaches it.</summary>
    internal static string ToLocal(string? urls)
    {
        var first = urls?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
        return first is null
            ? SiloDefaults.DefaultUrl
            : Announcement.ToLocal(first.Replace("://+", "://localhost", StringComparison.Ordinal).Replace("://*", "://localhost", StringComparison.Ordinal));
    }
}
