using Actors.Filtering;
using Actors.Queries;

namespace Actors.Web.Model.Lists;

/// <summary>Where the rows of a list come from.</summary>
/// <typeparam name="T">What a row is.</typeparam>
public interface IListSource<T>
{
    /// <summary>What tells one row from all others.</summary>
    string IdOf(T item);

    /// <summary>Whether the row may change while it is looked at, so that it is read again when something happens.</summary>
    bool IsMoving(T item) => false;

    /// <summary>Some rows.</summary>
    Task<ListSlice<T>> ReadAsync(ListQuestion question, int offset, int limit);

    /// <summary>How many rows have come that the watermark of the question leaves out.</summary>
    Task<long> CountNewAsync(ListQuestion question) => Task.FromResult(0L);

    /// <summary>How many rows there are by the values of the facets of the list, each without its own part of the filter.</summary>
    Task<IReadOnlyList<ListFacet>> ReadFacetsAsync(ListQuestion question) => Task.FromResult<IReadOnlyList<ListFacet>>([]);

    /// <summary>How the rows lie in time; null: the list has no strip above it.</summary>
    Task<Pulse?> ReadPulseAsync(ListQuestion question, TimeSpan step) => Task.FromResult<Pulse?>(null);
}

/// <summary>What a list asks. A relative range stays where it was when the question was first asked, so that rows do not move.</summary>
/// <param name="State">The filter, the range and the order.</param>
/// <param name="At">When it was first asked.</param>
/// <param name="Watermark">Only rows that had begun by this position of the log; null: all that there are.</param>
public sealed record ListQuestion(ListState State, DateTimeOffset At, long? Watermark = null)
{
    /// <summary>The first moment of the range.</summary>
    public DateTimeOffset From => State.Range.At(At).From;

    /// <summary>The moment after the last of a fixed range; null: it has no end, what comes now belongs to it.</summary>
    public DateTimeOffset? To => State.Range.IsFixed ? State.Range.At(At).To : null;

    /// <summary>The conditions.</summary>
    public Filter Filter => State.Condition;
}

/// <summary>Some rows of a list.</summary>
/// <typeparam name="T">What a row is.</typeparam>
/// <param name="Items">The rows.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Watermark">The position of the log that the answer includes; 0 when the list has none.</param>
/// <param name="Behind">How many rows of the log are missing, while the read model is built anew.</param>
public sealed record ListSlice<T>(IReadOnlyList<T> Items, long Total, long Watermark = 0, long Behind = 0);

/// <summary>Makes slices of answers.</summary>
public static class ListSlice
{
    /// <summary>A page of the read model.</summary>
    public static ListSlice<T> Of<T>(Page<T> page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return new(page.Items, page.TotalItems, page.Watermark, page.IsPartial() ? page.Head - page.Watermark : 0);
    }
}

/// <summary>The values of one column and how many rows have them, most first.</summary>
/// <param name="Column">The name of the column.</param>
/// <param name="Values">The values.</param>
public sealed record ListFacet(string Column, IReadOnlyList<FacetValue> Values);

/// <summary>A row and its place in the list.</summary>
/// <typeparam name="T">What a row is.</typeparam>
public sealed record ListLine<T>(int Index, string Id, T Item);

/// <summary>A cell to be drawn.</summary>
/// <typeparam name="T">What a row is.</typeparam>
/// <param name="Key">The key of its column.</param>
/// <param name="Item">The row.</param>
/// <param name="Now">Where what still runs ends.</param>
public readonly record struct ListCell<T>(string Key, T Item, DateTimeOffset Now);
