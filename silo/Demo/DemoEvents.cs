using System.Globalization;

namespace Actors.Silo.Demo;

/// <summary>The events of the public ingestion API, as a client would write them.</summary>
internal static class DemoEvents
{
    public static object Of(string type, DateTimeOffset at, Dictionary<string, object?> body) => new
    {
        id = Guid.NewGuid().ToString(),
        type,
        timestamp = Iso(at),
        body,
    };

    public static string Iso(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
