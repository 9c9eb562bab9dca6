using Actors.Dashboards;
using Actors.Queries;
using Actors.Web.Model.Dashboards;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Dashboards;

/// <summary>Writes a widget, and shows it as it is written.</summary>
public sealed partial class WidgetEditor
{
    private const string PreviewId = "preview";

    private WidgetForm _form = new() { Name = "New widget" };
    private WidgetSlot? _slot;
    private string? _problem;
    private IReadOnlyList<WidgetRecord> _known = [];
    private long _turn;

    /// <summary>The widget as it is; null: a new one.</summary>
    [Parameter]
    public WidgetDraft? Before { get; set; }

    /// <summary>Asks for a widget.</summary>
    [Parameter, EditorRequired]
    public Func<WidgetSlot, Task> Preview { get; set; } = null!;

    /// <summary>Tells the SQL of a question.</summary>
    [Parameter, EditorRequired]
    public Func<WidgetQuestion, Task<string>> Explain { get; set; } = null!;

    /// <summary>The widget is right as it is.</summary>
    [Parameter]
    public EventCallback<WidgetDraft> OnSave { get; set; }

    /// <summary>The widgets of the project that changed last.</summary>
    [Parameter, EditorRequired]
    public Func<Task<IReadOnlyList<WidgetRecord>>> Library { get; set; } = null!;

    /// <summary>One that is there already is wanted.</summary>
    [Parameter]
    public EventCallback<PlacementDraft> OnPlace { get; set; }

    /// <summary>The address without the editor.</summary>
    [Parameter, EditorRequired]
    public string Close { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (Before is not null)
            _form = WidgetForm.Of(Before);
        await ShowAsync();
        try
        {
            _known = Before is null ? await Library() : [];
        }
        catch (Exception)
        {
            // A new one can be written without knowing the others.
            _known = [];
        }
    }

    private async Task ShowAsync()
    {
        var (widget, problem) = _form.Read();
        _problem = problem;
        if (widget is null)
            return;

        // Of two previews that are on their way, the one that was asked for last is shown.
        var turn = ++_turn;
        var slot = new WidgetSlot(new Placement(PreviewId, PlacementKind.Widget, PreviewId, 0, 0, Placement.UsualSize, Placement.UsualSize), widget);
        _slot ??= slot;
        await Preview(slot);
        if (turn == _turn)
            _slot = slot;
    }

    private Task ChangeViewAsync(ChangeEventArgs e)
    {
        if (Enum.TryParse<MetricsView>(e.Value?.ToString(), out var view))
            _form.ChangeView(view);
        return ShowAsync();
    }

    private Task ChangeDimensionAsync(int index, ChangeEventArgs e)
    {
        _form.Dimensions[index] = e.Value?.ToString() ?? "";
        return ShowAsync();
    }

    private Task AddMetricAsync()
    {
        _form.Metrics.Add(new("count", MetricsAggregation.Count));
        return ShowAsync();
    }

    // The names of presets have a slash, the ids of widgets have none.
    private Task PlaceAsync(ChangeEventArgs e) => e.Value?.ToString() is { Length: > 0 } id
        ? OnPlace.InvokeAsync(new PlacementDraft(id.Contains('/', StringComparison.Ordinal) ? PlacementKind.Preset : PlacementKind.Widget, id))
        : Task.CompletedTask;

    private async Task SaveAsync()
    {
        var (widget, problem) = _form.Read();
        _problem = problem;
        if (widget is not null)
            await OnSave.InvokeAsync(widget);
    }
}
