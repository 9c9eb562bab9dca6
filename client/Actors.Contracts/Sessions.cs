namespace Actors.Contracts;

/// <summary>A session in a list.</summary>
/// <param name="Id">The id that the application chose.</param>
/// <param name="CreatedAt">When its first trace was received.</param>
/// <param name="ProjectId">Its project.</param>
/// <param name="Environment">The environment of its first trace.</param>
public sealed record SessionBody(string Id, DateTimeOffset CreatedAt, string ProjectId, string Environment);

/// <summary>A session with its traces.</summary>
/// <param name="Id">The id that the application chose.</param>
/// <param name="CreatedAt">When its first trace was received.</param>
/// <param name="ProjectId">Its project.</param>
/// <param name="Environment">The environment of its first trace.</param>
/// <param name="Traces">By time, oldest first.</param>
public sealed record SessionDetailBody(
    string Id, DateTimeOffset CreatedAt, string ProjectId, string Environment, IReadOnlyList<SessionTraceBody> Traces);
