namespace Actors.Filtering;

/// <summary>
/// The readable language: <c>level:ERROR latency:&gt;2s -env:prod (name:*chat* OR tags:a,b) has:endTime "two words"</c>.
/// Terms that stand side by side must all hold; <c>OR</c> binds weaker; a minus negates; a word without a column is searched
/// for everywhere.
/// </summary>
public static class FilterText
{
    /// <summary>Reads a filter. Nothing but blanks wants every row.</summary>
    public static FilterParse Parse(FilterCatalog catalog, string text)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > FilterLimits.MaxLength)
        {
            return new FilterParse(null, new FilterProblem(FilterLimits.MaxLength, text.Length - FilterLimits.MaxLength, "The filter is too long."));
        }

        try
        {
            return new FilterParse(new FilterParser(catalog, text).Parse(), null);
        }
        catch (FilterTextException e)
        {
            return new FilterParse(null, e.Problem);
        }
    }

    /// <summary>Writes a filter so that it reads as the same one.</summary>
    public static string Format(FilterCatalog catalog, Filter filter) => FilterFormatter.Write(catalog, filter);
}

/// <summary>Leaves the reader at the first problem; never seen outside of it.</summary>
internal sealed class FilterTextException(FilterProblem problem) : Exception(problem.Message)
{
    public FilterProblem Problem { get; } = problem;
}
