namespace Actors.Filtering;

/// <summary>What is wrong with a filter that was sent as JSON.</summary>
/// <param name="Code">The kind, as in the contract's list of issues: <c>invalid_type</c>, <c>invalid_value</c>, <c>too_big</c>, <c>custom</c>.</param>
/// <param name="Path">Where: the place in the list and the property.</param>
/// <param name="Message">What, for people.</param>
public sealed record FilterIssue(string Code, IReadOnlyList<string> Path, string Message);

/// <summary>A filter that was read, or why it could not be.</summary>
/// <param name="Filter">The filter; null when something is wrong.</param>
/// <param name="Issues">What is wrong; empty when nothing is.</param>
public sealed record FilterReading(Filter? Filter, IReadOnlyList<FilterIssue> Issues);
