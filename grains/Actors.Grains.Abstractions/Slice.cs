namespace Actors;

/// <summary>Which page of a list that is kept in the control plane.</summary>
/// <param name="Page">From 1.</param>
/// <param name="Limit">The most items on a page, at least 1.</param>
public readonly record struct PageRequest(int Page, int Limit)
{
    /// <summary>How many items come before this page.</summary>
    public int Offset => (int)Math.Min((Page - 1L) * Limit, int.MaxValue);
}

/// <summary>One page of a list that is kept in the control plane.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="Items">The items of this page.</param>
/// <param name="TotalItems">How many there are over all pages.</param>
public sealed record Slice<T>(IReadOnlyList<T> Items, long TotalItems);
