using System.Text.Json.Serialization;

namespace Actors.Contracts;

/// <summary>The answer (207) to <c>POST /api/public/ingestion</c>: one entry per event in one of the two lists.</summary>
/// <param name="Successes">The events that are durable.</param>
/// <param name="Errors">The events that are not, and why.</param>
public sealed record IngestionResponse(IReadOnlyList<IngestionSuccess> Successes, IReadOnlyList<IngestionError> Errors);

/// <summary>An event that was accepted.</summary>
/// <param name="Id">The envelope id.</param>
/// <param name="Status">Always 201.</param>
public readonly record struct IngestionSuccess(string Id, int Status);

/// <summary>An event that was refused.</summary>
/// <param name="Id">The envelope id; <c>unknown</c> when it had none.</param>
/// <param name="Status">400, 401, 404, 429 or 500.</param>
/// <param name="Message">What went wrong in a few words.</param>
/// <param name="Error">The details; for status 400 a JSON list of <see cref="RequestIssue"/> as text.</param>
public sealed record IngestionError(
    string Id,
    int Status,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error);

/// <summary>The answer (400) to a request that is no batch at all.</summary>
/// <param name="Message">Always <c>Invalid request data</c>.</param>
/// <param name="Errors">What is wrong with it.</param>
public sealed record InvalidBatch(string Message, IReadOnlyList<string> Errors);

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Code">The kind, for example <c>invalid_type</c>, <c>too_big</c> or <c>custom</c>.</param>
/// <param name="Path">Where, from the outside in.</param>
/// <param name="Message">What, for people.</param>
public sealed record RequestIssue(string Code, IReadOnlyList<string> Path, string Message);

/// <summary>Only an id.</summary>
/// <param name="Id">The id.</param>
public sealed record IdBody(string Id);
