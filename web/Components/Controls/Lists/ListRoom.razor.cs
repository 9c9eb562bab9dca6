using Actors.Web.Model;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Controls.Lists;

/// <summary>A row that is to be shown beside the list.</summary>
/// <param name="Id">The row.</param>
/// <param name="NextId">The one that is likely to be wanted next; null: none.</param>
/// <param name="Looks">Rises when something has happened in the project.</param>
public readonly record struct ListPeek(string Id, string? NextId, int Looks);

/// <summary>A list with all that belongs to it: head, facets, query bar, rows, what is chosen, and one row beside it.</summary>
/// <typeparam name="T">What a row is.</typeparam>
public sealed partial class ListRoom<T>(ViewerClock clock)
{
    private static readonly (TimeRange Range, string Text)[] Ranges =
        [(TimeRange.Hour, "1 h"), (TimeRange.Day, "24 h"), (TimeRange.Week, "7 d"), (TimeRange.Month, "30 d")];

    private QueryBar? _bar;
    private ListTable<T>? _table;

    /// <summary>The page that the list is on.</summary>
    [Parameter, EditorRequired] public ListPage<T> Page { get; set; } = null!;

    /// <summary>The title of the page.</summary>
    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>Draws a cell.</summary>
    [Parameter, EditorRequired] public RenderFragment<ListCell<T>> Cell { get; set; } = null!;

    /// <summary>Buttons at the top.</summary>
    [Parameter] public RenderFragment? Actions { get; set; }

    /// <summary>Whether it is drawn how the rows lie in time.</summary>
    [Parameter] public bool Pulses { get; set; }

    /// <summary>What stands above the rows.</summary>
    [Parameter] public RenderFragment? Above { get; set; }

    /// <summary>What can be done with the rows that are chosen; null: nothing, and none can be.</summary>
    [Parameter] public RenderFragment<ListSelection<T>>? Selected { get; set; }

    /// <summary>Shows one row beside the list; null: a click opens the row's own page.</summary>
    [Parameter] public RenderFragment<ListPeek>? Peek { get; set; }

    /// <summary>What is said when there is nothing at all; null: that nothing matches.</summary>
    [Parameter] public RenderFragment? Empty { get; set; }

    private ViewerClock Clock => clock;

    private ListState State => Page.State;

    private ListReader<T>? Reader => Page.Reader;

    private bool IsPeeking => Peek is not null && Page.Peek is not null;

    private EventCallback<int> PickCallback => Peek is null ? default : EventCallback.Factory.Create<int>(this, Page.PickAsync);

    private string? Place => Reader is { Current: >= 0 and var at, Total: { } total } && Reader.Seen.GetValueOrDefault(at)?.Id == Page.Peek
        ? $"{Format.Count(at + 1)} of {Format.Count(total)}"
        : null;

    /// <summary>Brings the row of the keyboard into view.</summary>
    public Task RevealAsync() => _table?.RevealAsync() ?? Task.CompletedTask;

    /// <summary>Gives the keyboard to the bar in which a filter is written.</summary>
    public Task WriteAsync() => _bar?.FocusAsync() ?? Task.CompletedTask;
}
