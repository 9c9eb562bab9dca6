using System.Text;
using Actors.Filtering;

namespace Actors.Web.Model.Lists;

/// <summary>
/// What a list is narrowed to, how it is ordered and which columns it shows. The address holds all of it, the filter in the
/// readable language, and leaves out what is usual.
/// </summary>
public sealed record ListState
{
    private const int MostValues = 50;
    private const string EnvironmentColumn = "environment";

    private ListState(ListShape shape) => (Shape, Sort, Range, Layout) = (shape, shape.Sort, shape.Range, ListLayout.Parse(shape.Columns, null));

    /// <summary>The list.</summary>
    public ListShape Shape { get; }

    /// <summary>The filter as it is written.</summary>
    public string Text { get; private init; } = "";

    /// <summary>What it says; nothing matches a filter that cannot be read.</summary>
    public Filter Filter { get; private init; } = Filter.Everything;

    /// <summary>Why it cannot be read; null when it can.</summary>
    public FilterProblem? Problem { get; private init; }

    /// <summary>The time that is looked at.</summary>
    public TimeRange Range { get; init; }

    /// <summary>The key of the column that it is ordered by.</summary>
    public string Sort { get; private init; }

    /// <summary>Whether the largest come first.</summary>
    public bool Descending { get; private init; } = true;

    /// <summary>The columns.</summary>
    public ListLayout Layout { get; init; }

    /// <summary>The environments of the environment switch; empty: all.</summary>
    public IReadOnlyList<string> Environments { get; private init; } = [];

    /// <summary>The saved view that it began as; null: none.</summary>
    public string? View { get; init; }

    /// <summary>Whether anything but the time narrows the list.</summary>
    public bool IsNarrow => Text.Length > 0 || Environments.Count > 0;

    /// <summary>All that a row must meet, the environments too.</summary>
    public Filter Condition => Environments.Count > 0 && Shape.Catalog.Find(EnvironmentColumn) is { } column
        ? Filter.All(Filter, Filter.OneOf(column, null, Environments))
        : Filter;

    /// <summary>A list of which nobody has asked anything.</summary>
    public static ListState Of(ListShape shape) => new(shape);

    /// <summary>Reads what an address says about the order, for example <c>-latency</c>; what it does not know is the usual.</summary>
    public ListState WithSort(string? sort) => Shape.Find(sort?.TrimStart('-')) is { Sortable: true } column
        ? this with { Sort = column.Key, Descending = sort!.StartsWith('-') }
        : this with { Sort = Shape.Sort, Descending = true };

    /// <summary>With a range of time as an address has it.</summary>
    public ListState WithRange(string? range) => this with { Range = TimeRange.Parse(range, Shape.Range) };

    /// <summary>With columns as an address has them.</summary>
    public ListState WithColumns(string? columns) => this with { Layout = ListLayout.Parse(Shape.Columns, columns) };

    /// <summary>With the environments of the environment switch, separated by commas.</summary>
    public ListState WithEnvironments(string? environments) => this with
    {
        Environments = [.. (environments ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Take(MostValues)],
    };

    /// <summary>With a filter that a person has written.</summary>
    public ListState WithText(string? text)
    {
        var written = text?.Trim() ?? "";
        var parse = FilterText.Parse(Shape.Catalog, written);
        return this with { Text = written, Filter = parse.Filter ?? Filter.Nothing, Problem = parse.Problem };
    }

    /// <summary>With a filter that was put together.</summary>
    public ListState With(Filter filter) => this with { Filter = filter, Problem = null, Text = FilterText.Format(Shape.Catalog, filter) };

    /// <summary>With one more condition on a text column; null and empty say nothing.</summary>
    public ListState And(string column, string? value) => string.IsNullOrWhiteSpace(value) ? this : And(Filter.Equal(column, value.Trim()));

    /// <summary>With a part of a text column more; null and empty say nothing.</summary>
    public ListState AndContains(string column, string? part) => string.IsNullOrWhiteSpace(part)
        ? this
        : And(new Condition(column, null, FilterOperator.Contains, new TextValue(part.Trim())));

    /// <summary>With one of several values more, as older addresses have them.</summary>
    public ListState AndOneOf(string column, string[]? values) => values is null or []
        ? this
        : And(Filter.OneOf(Shape.Catalog.Find(column)!, null, [.. values.Where(v => !string.IsNullOrEmpty(v)).Distinct().Take(MostValues)]));

    /// <summary>With one more condition.</summary>
    public ListState And(Filter filter) => Problem is null ? With(Filter.All(Filter, filter)) : this;

    /// <summary>The values of a facet that are chosen.</summary>
    public IReadOnlyList<string> Chosen(string column) =>
        Shape.Catalog.Find(column) is { IsKeyed: true } ? FilterEdit.KeysOf(Filter, column) : FilterEdit.ValuesOf(Filter, column);

    /// <summary>With a value of a facet chosen that was not, or the other way round.</summary>
    public ListState Toggle(string column, string value)
    {
        if (Shape.Catalog.Find(column) is { IsKeyed: true })
            return With(FilterEdit.ToggleKey(Problem is null ? Filter : Filter.Everything, column, value));
        var chosen = Chosen(column);
        string[] values = chosen.Contains(value) ? [.. chosen.Where(v => v != value)] : [.. chosen, value];
        return With(FilterEdit.WithValues(Problem is null ? Filter : Filter.Everything, Shape.Catalog.Find(column)!, values));
    }

    /// <summary>Ordered by another column, or by the same one the other way round.</summary>
    public ListState SortedBy(string key) => this with { Sort = key, Descending = key != Sort || !Descending };

    /// <summary>Whether the other shows the same rows in the same order.</summary>
    public bool HasRowsOf(ListState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Shape == other.Shape && Text == other.Text && Range == other.Range && Sort == other.Sort && Descending == other.Descending
            && Environments.SequenceEqual(other.Environments);
    }

    /// <summary>The query of an address, from <c>?</c> on; empty when all is as usual.</summary>
    /// <param name="peek">The row in the peek panel; null: it is closed.</param>
    public string ToQuery(string? peek = null)
    {
        var query = new StringBuilder();
        Add("f", Text);
        Add("range", Range == Shape.Range ? "" : Range.Text);
        Add("sort", Sort == Shape.Sort && Descending ? "" : (Descending ? "-" : "") + Sort);
        Add("env", string.Join(',', Environments));
        Add("cols", Layout.Text);
        Add("view", View ?? "");
        Add("peek", peek ?? "");
        return query.ToString();

        void Add(string key, string value)
        {
            if (value.Length > 0)
                query.Append(query.Length == 0 ? '?' : '&').Append(key).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    /// <summary>What the address says counts.</summary>
    public bool Equals(ListState? other) => other is not null && Shape == other.Shape && ToQuery() == other.ToQuery();

    /// <inheritdoc/>
    public override int GetHashCode() => ToQuery().GetHashCode(StringComparison.Ordinal);
}
