using System.Globalization;
using System.Text.Json.Nodes;

namespace Actors.Crash;

/// <summary>
/// What is told, request by request, of one thing that is stored whole or not at all, and what every beginning of it comes
/// to. The expectation is written down by hand, apart from the product's own fold.
/// </summary>
internal abstract class Script
{
    /// <summary>How many requests tell it; a deletion may follow.</summary>
    public const int StepCount = 4;

    /// <summary>The events of each request; a request may hold none of them.</summary>
    public IReadOnlyList<JsonObject[]> Steps { get; protected init; } = [];

    /// <summary>The id of the trace to be deleted in the end; null: it stays.</summary>
    public virtual string? Doomed => null;

    /// <summary>What is stored when the first <paramref name="steps"/> requests are.</summary>
    public abstract Told At(int steps);

    /// <summary>Reads back what is stored.</summary>
    public abstract Task<string> ReadAsync(SiloClient client, CancellationToken cancellationToken);

    protected static string NewId(string kind, Random random) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}-{random.NextInt64():x16}{random.NextInt64():x16}");

    protected static T OneOf<T>(Random random, params ReadOnlySpan<T> values) => values[random.Next(values.Length)];

    /// <summary>A score as clients put it on the wire.</summary>
    protected static JsonObject ScoreEvent(ToldScore score, string? trace, DateTimeOffset at)
    {
        var body = new JsonObject
        {
            ["id"] = score.Id,
            ["name"] = score.Name,
            ["dataType"] = score.DataType,
            ["environment"] = score.Environment,
            ["value"] = score.Category is { } category ? category : score.Number,
        };
        Set(body, "traceId", trace);
        Set(body, "sessionId", score.Session);
        Set(body, "observationId", score.Observation);
        return Wire.Event("score-create", at, body);
    }

    /// <summary>Sets what is known: null on the wire would be said, too.</summary>
    protected static void Set(JsonObject body, string name, string? value)
    {
        if (value is not null)
        {
            body[name] = value;
        }
    }
}
