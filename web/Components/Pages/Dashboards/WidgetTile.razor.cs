using Actors.Web.Model.Dashboards;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Dashboards;

/// <summary>One widget: its chart, the same as a table, and the question as SQL.</summary>
public sealed partial class WidgetTile(ViewerClock clock)
{
    private Face _face;
    private string? _sql;
    private WidgetQuestion? _explained;

    private enum Face
    {
        Chart,
        Table,
        Sql,
    }

    /// <summary>What it shows, and how that is doing.</summary>
    [Parameter, EditorRequired]
    public WidgetSlot Slot { get; set; } = null!;

    /// <summary>Whether it can be moved and resized.</summary>
    [Parameter]
    public bool Editable { get; set; }

    /// <summary>Further buttons of its head.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    /// <summary>Tells the SQL of a question.</summary>
    [Parameter, EditorRequired]
    public Func<WidgetQuestion, Task<string>> Explain { get; set; } = null!;

    /// <summary>Somebody pointed at something.</summary>
    [Parameter]
    public EventCallback<WidgetOpening> OnPick { get; set; }

    /// <summary>Somebody dragged over a range of time.</summary>
    [Parameter]
    public EventCallback<ChartZoom> OnZoom { get; set; }

    private ViewerClock Clock => clock;

    private string Title => Slot.Widget?.Name ?? "Missing widget";

    private void Show(Face face) => _face = _face == face ? Face.Chart : face;

    private Task OpenAsync(WidgetOpening opening) => OnPick.InvokeAsync(opening with { Question = Slot.Question });

    private async Task ShowSqlAsync()
    {
        Show(Face.Sql);
        if (_face != Face.Sql || (_sql is not null && ReferenceEquals(_explained, Slot.Question)))
            return;

        _explained = Slot.Question;
        try
        {
            _sql = await Explain(_explained!);
        }
        catch (Exception)
        {
            // Whatever keeps the read model from answering is none of this page's; the next press asks again.
            (_sql, _explained) = ("-- The read model does not answer.", null);
        }
    }
}
