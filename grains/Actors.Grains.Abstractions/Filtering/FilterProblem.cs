namespace Actors.Filtering;

/// <summary>Why a written filter cannot be read.</summary>
/// <param name="Position">The first character of what is wrong, from 0.</param>
/// <param name="Length">How many characters it has; 0 when something is missing there.</param>
/// <param name="Message">What is wrong, for people.</param>
public sealed record FilterProblem(int Position, int Length, string Message);

/// <summary>A written filter that was read, or why it could not be: exactly one of the two.</summary>
/// <param name="Filter">The filter.</param>
/// <param name="Problem">The first thing that is wrong.</param>
public sealed record FilterParse(Filter? Filter, FilterProblem? Problem);
