using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Actors.Web.Components.Controls.Lists.Actions;

/// <summary>The buttons for the rows that are chosen, and the dialog that each opens.</summary>
public sealed partial class ChosenActions
{
    private static readonly DialogOptions Look = new() { CloseOnEscapeKey = true, CloseButton = true, MaxWidth = MaxWidth.Small, FullWidth = true };

    private Asked _open;
    private Asked _did;
    private RowResult? _said;

    private enum Asked
    {
        Nothing,
        Dataset,
        Queue,
        Delete,
    }

    /// <summary>The project.</summary>
    [Parameter, EditorRequired] public ProjectId Project { get; set; }

    /// <summary>The rows.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<ChosenRow> Rows { get; set; } = [];

    /// <summary>Where they are exported.</summary>
    [Parameter, EditorRequired] public string ExportAddress { get; set; } = "";

    /// <summary>The address that compares two; null: they cannot be compared.</summary>
    [Parameter] public Func<ChosenRow, ChosenRow, string>? Compare { get; set; }

    /// <summary>Whether they can be deleted.</summary>
    [Parameter] public bool CanDelete { get; set; }

    /// <summary>Rows are gone.</summary>
    [Parameter] public EventCallback OnDeleted { get; set; }

    private string Title => _open switch
    {
        Asked.Dataset => $"Add {Rows.Count} to a dataset",
        Asked.Queue => $"Add {Rows.Count} to an annotation queue",
        _ => Rows.Count == 1 ? "Delete this trace?" : $"Delete {Rows.Count} traces?",
    };

    private string DoneText => _did == Asked.Delete ? "Deleted." : "Added.";

    private Task CloseAsync()
    {
        _open = Asked.Nothing;
        return Task.CompletedTask;
    }

    private async Task DoneAsync(RowResult result)
    {
        (_did, _said, _open) = (_open, result, Asked.Nothing);
        if (_did == Asked.Delete && result.Done > 0)
            await OnDeleted.InvokeAsync();
    }
}
