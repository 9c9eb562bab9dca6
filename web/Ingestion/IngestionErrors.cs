using System.Text.Json;
using Actors.Contracts;

namespace Actors.Web.Ingestion;

/// <summary>The errors of single events.</summary>
internal static class IngestionErrors
{
    /// <summary>An event that is wrong; the issues say where.</summary>
    public static IngestionError Invalid(string id, IReadOnlyList<RequestIssue> issues) => new(
        id, 400, "Invalid request data", JsonSerializer.Serialize(issues, ContractsJsonContext.Wire.IReadOnlyListRequestIssue));
}
