using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Otlp;

/// <summary>The headers that exporters of Langfuse's SDKs send beside the key (langfuse-api §2); over gRPC they are metadata.</summary>
internal static class OtlpHeaders
{
    /// <summary>What to say of a version that is not known.</summary>
    public const string VersionMessage = "x-langfuse-ingestion-version must be a number of at most 4";

    private const int NewestVersion = 4;

    /// <summary>Whether the request asks for an ingestion that is newer than ours, or for none that exists.</summary>
    public static bool HasBadVersion(HttpRequest request)
    {
        string? version = request.Headers["x-langfuse-ingestion-version"];
        version ??= request.Headers["x_langfuse_ingestion_version"];
        return !string.IsNullOrWhiteSpace(version)
            && !(double.TryParse(version, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number <= NewestVersion);
    }
}
