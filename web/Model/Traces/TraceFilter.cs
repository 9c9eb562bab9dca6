using System.Text;
using Actors.Filtering;
using Actors.Queries;

namespace Actors.Web.Model.Traces;

/// <summary>
/// What the list of traces is narrowed to and how it is ordered. The address holds all of it, the filter in the readable
/// language, and leaves out what is usual.
/// </summary>
public sealed record TraceFilter
{
    private const int MostValues = 50;

    private static readonly (string Name, TraceOrder Order)[] Orders =
    [
        ("time", TraceOrder.Timestamp), ("name", TraceOrder.Name), ("latency", TraceOrder.Latency), ("cost", TraceOrder.Cost),
        ("tokens", TraceOrder.Tokens), ("user", TraceOrder.UserId), ("session", TraceOrder.SessionId),
    ];

    /// <summary>Every trace of the last day, newest first.</summary>
    public static TraceFilter Empty { get; } = new();

    /// <summary>The filter as it is written.</summary>
    public string Text { get; private init; } = "";

    /// <summary>What it says; nothing matches a filter that cannot be read.</summary>
    public Filter Filter { get; private init; } = Filter.Everything;

    /// <summary>Why it cannot be read; null when it can.</summary>
    public FilterProblem? Problem { get; private init; }

    /// <summary>When the traces began.</summary>
    public TimeRange Range { get; init; } = TimeRange.Day;

    /// <summary>What they are ordered by.</summary>
    public TraceOrder Order { get; init; } = TraceOrder.Timestamp;

    /// <summary>Whether the largest come first.</summary>
    public bool Descending { get; init; } = true;

    /// <summary>Whether anything but the time narrows the list.</summary>
    public bool IsNarrow => Text.Length > 0;

    /// <summary>Reads what an address says about the order, for example <c>-latency</c>; what it does not know is the usual.</summary>
    public TraceFilter WithOrder(string? sort)
    {
        var known = Array.Find(Orders, o => o.Name == sort?.TrimStart('-'));
        return known.Name is null ? this : this with { Order = known.Order, Descending = sort!.StartsWith('-') };
    }

    /// <summary>With a filter that a person has written.</summary>
    public TraceFilter WithText(string? text)
    {
        var written = text?.Trim() ?? "";
        var parse = FilterText.Parse(FilterCatalog.Traces, written);
        return this with { Text = written, Filter = parse.Filter ?? Filter.Nothing, Problem = parse.Problem };
    }

    /// <summary>With a filter that was put together.</summary>
    public TraceFilter With(Filter filter) =>
        this with { Filter = filter, Problem = null, Text = FilterText.Format(FilterCatalog.Traces, filter) };

    /// <summary>With one more condition on a text column; null and empty say nothing.</summary>
    public TraceFilter And(string column, string? value) => string.IsNullOrWhiteSpace(value) ? this : And(Filter.Equal(column, value.Trim()));

    /// <summary>With a part of a text column more; null and empty say nothing.</summary>
    public TraceFilter AndContains(string column, string? part) => string.IsNullOrWhiteSpace(part)
        ? this
        : And(new Condition(column, null, FilterOperator.Contains, new TextValue(part.Trim())));

    /// <summary>With one of several values more, as older addresses have them.</summary>
    public TraceFilter AndOneOf(string column, string[]? values) => values is null or []
        ? this
        : And(Filter.OneOf(FilterCatalog.Traces.Find(column)!, null, [.. values.Where(v => !string.IsNullOrEmpty(v)).Distinct().Take(MostValues)]));

    /// <summary>With one more condition.</summary>
    public TraceFilter And(Filter filter) => Problem is null ? With(Filter.All(Filter, filter)) : this;

    /// <summary>The values of a facet that are chosen.</summary>
    public IReadOnlyList<string> Chosen(string column) => FilterEdit.ValuesOf(Filter, column);

    /// <summary>With a value of a facet chosen that was not, or the other way round.</summary>
    public TraceFilter Toggle(string column, string value)
    {
        var chosen = Chosen(column);
        string[] values = chosen.Contains(value) ? [.. chosen.Where(v => v != value)] : [.. chosen, value];
        return With(FilterEdit.WithValues(Problem is null ? Filter : Filter.Everything, FilterCatalog.Traces.Find(column)!, values));
    }

    /// <summary>Ordered by another column, or by the same one the other way round.</summary>
    public TraceFilter SortedBy(TraceOrder order) => this with { Order = order, Descending = order != Order || !Descending };

    /// <summary>The query of an address, from <c>?</c> on; empty when nothing is narrowed.</summary>
    public string ToQuery()
    {
        var query = new StringBuilder();
        Add("f", Text);
        Add("range", Range == TimeRange.Day ? "" : Range.Text);
        Add("sort", Order == TraceOrder.Timestamp && Descending ? "" : (Descending ? "-" : "") + Array.Find(Orders, o => o.Order == Order).Name);
        return query.ToString();

        void Add(string key, string value)
        {
            if (value.Length > 0)
                query.Append(query.Length == 0 ? '?' : '&').Append(key).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    /// <summary>The question for the read model. A relative range stays where it was when <paramref name="now"/> was taken.</summary>
    public TraceQuery Query(DateTimeOffset now)
    {
        var (from, to) = Range.At(now);
        return new TraceQuery
        {
            Filter = Filter,
            From = from,
            To = Range.IsFixed ? to : null,
            OrderBy = Order,
            Descending = Descending,
        };
    }

    /// <summary>What the address says counts.</summary>
    public bool Equals(TraceFilter? other) => other is not null && ToQuery() == other.ToQuery();

    /// <inheritdoc/>
    public override int GetHashCode() => ToQuery().GetHashCode(StringComparison.Ordinal);
}
