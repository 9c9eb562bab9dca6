using Actors.Filtering;

namespace Actors.Web.Model.Lists;

/// <summary>What the bar shows while a filter is written: suggestions, the chosen one, and what is wrong.</summary>
public sealed class QueryBarModel(FilterCatalog catalog)
{
    private FilterCompletions _completions = new(0, 0, []);

    /// <summary>The text in the bar.</summary>
    public string Text { get; private set; } = "";

    /// <summary>What can come next; empty while the list is closed.</summary>
    public IReadOnlyList<FilterSuggestion> Suggestions { get; private set; } = [];

    /// <summary>The place of the chosen suggestion; -1: none is.</summary>
    public int Chosen { get; private set; } = -1;

    /// <summary>What is wrong with the text, once it was to be applied; null: nothing.</summary>
    public FilterProblem? Problem { get; private set; }

    /// <summary>Shows what the address says.</summary>
    public void Show(string text, FilterProblem? problem)
    {
        (Text, Problem) = (text, problem);
        Close();
    }

    /// <summary>Follows what a person writes.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="caret">Where the person is in it.</param>
    /// <param name="facets">Values that are known; empty before they are read.</param>
    public void Write(string text, int caret, IReadOnlyList<ListFacet> facets)
    {
        Text = text;

        // While a person writes, only a problem that is gone is news.
        Problem = Problem is null ? null : FilterText.Parse(catalog, text).Problem;
        _completions = FilterCompletion.At(catalog, text, caret, column => Values(column, facets));
        (Suggestions, Chosen) = (_completions.Items, -1);
    }

    /// <summary>Chooses the next suggestion, or the one before; goes round at the ends.</summary>
    public void Move(int by)
    {
        if (Suggestions.Count > 0)
            Chosen = Chosen < 0 && by < 0 ? Suggestions.Count - 1 : (Chosen + by + Suggestions.Count) % Suggestions.Count;
    }

    /// <summary>Puts a suggestion in; returns where the caret goes. A value may be followed by another, so no blank is added.</summary>
    public int Accept(int index)
    {
        var item = _completions.Items[index].Text;
        Text = string.Concat(Text.AsSpan(0, _completions.Start), item, Text.AsSpan(_completions.End));
        Close();
        return _completions.Start + item.Length;
    }

    /// <summary>Closes the list.</summary>
    public void Close() => (Suggestions, Chosen) = ([], -1);

    /// <summary>Checks the text before it is applied.</summary>
    /// <returns>Whether it can be.</returns>
    public bool TryApply()
    {
        Close();
        Problem = FilterText.Parse(catalog, Text).Problem;
        return Problem is null;
    }

    private static IReadOnlyList<string> Values(FilterColumn column, IReadOnlyList<ListFacet> facets) =>
        [.. facets.Where(f => f.Column == column.Name).SelectMany(f => f.Values).Select(v => v.Value)];
}
