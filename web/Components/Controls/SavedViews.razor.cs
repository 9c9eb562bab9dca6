using Actors.Views;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Actors.Web.Components.Controls;

/// <summary>
/// The views of a page that somebody saved: open, save, rename, delete, and which one the page opens with. They are the
/// project's, so everybody sees and changes them.
/// </summary>
public sealed partial class SavedViews(ISavedViewStore store, ViewerPlace viewer, NavigationManager navigation, ISnackbar messages)
{
    private Popup? _popup;
    private IReadOnlyList<SavedView> _views = [];
    private string _name = "";
    private string _newName = "";
    private string? _renamed;
    private string? _problem;

    /// <summary>The page, as it stands in addresses.</summary>
    [Parameter, EditorRequired]
    public string Page { get; set; } = "";

    /// <summary>What of the page's address says what it shows, with or without the question mark.</summary>
    [Parameter, EditorRequired]
    public string Query { get; set; } = "";

    /// <summary>The view in the address.</summary>
    [SupplyParameterFromQuery]
    public string? View { get; set; }

    private string Kept => ViewQuery.Kept(Query);

    // What shows the same as a view is that view, however one came there.
    private SavedView? Current => _views.FirstOrDefault(v => v.Id == View) ?? (Kept.Length == 0 ? null : _views.FirstOrDefault(v => v.Query == Kept));

    private bool IsChanged => Current is { } view && view.Query != Kept;

    private string PlainAddress
    {
        get
        {
            var page = $"/p/{viewer.Current.Project}/{Page}";
            return viewer.Current.Environments.On(_views.Any(v => v.IsDefault) ? $"{page}?{ViewQuery.Key}={ViewQuery.None}" : page);
        }
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        // The first rendering on the server only lays the page out.
        if (!RendererInfo.IsInteractive)
            return;
        await ReadAsync();
        if (View is null && Kept.Length == 0 && _views.FirstOrDefault(v => v.IsDefault) is { } first)
            navigation.NavigateTo(ViewQuery.Address(viewer.Current, first), replace: true);
    }

    private Task ReadAsync() => TryAsync(async project =>
    {
        _views = [.. (await store.ListAsync(project, CancellationToken.None)).Where(v => v.Page == Page)];
        return null;
    });

    private Task AddAsync() => TryAsync(async project =>
    {
        var outcome = await store.AddAsync(project, new NewSavedView(Page, _name.Trim(), Kept), CancellationToken.None);
        if (outcome.Value is { } view)
        {
            _name = "";
            await ShowAsync(view, $"Saved “{view.Name}”");
        }
        return outcome.Refusal;
    });

    private Task RenameAsync(SavedView view) => ChangeAsync(view, new() { Name = _newName.Trim() });

    private Task ChangeAsync(SavedView view, SavedViewChange change) => TryAsync(async project =>
    {
        var outcome = await store.ChangeAsync(project, view.Id, change, CancellationToken.None);
        if (outcome.Value is { } changed)
        {
            _renamed = null;
            if (change.Query is null)
                await ReadAsync();
            else
                await ShowAsync(changed, $"Updated “{changed.Name}”");
        }
        return outcome.Refusal;
    });

    private Task RemoveAsync(SavedView view) => TryAsync(async project =>
    {
        if (await store.RemoveAsync(project, view.Id, CancellationToken.None) is { } removed)
        {
            messages.Add($"Deleted “{removed.Name}”", Severity.Normal, message =>
            {
                message.Action = "Undo";
                message.OnClick = _ => InvokeAsync(() => RestoreAsync(removed));
            });
        }
        await ReadAsync();
        return null;
    });

    private Task RestoreAsync(SavedView view) => TryAsync(async project =>
    {
        var outcome = await store.AddAsync(project, new NewSavedView(view.Page, view.Name, view.Query), CancellationToken.None);
        if (outcome.Value is { } restored && view.IsDefault)
            await store.ChangeAsync(project, restored.Id, new() { IsDefault = true }, CancellationToken.None);
        await ReadAsync();
        StateHasChanged();
        return outcome.Refusal;
    });

    private async Task ShowAsync(SavedView view, string message)
    {
        await ReadAsync();
        if (_popup is not null)
            await _popup.CloseAsync();
        messages.Add(message);
        navigation.NavigateTo(ViewQuery.Address(viewer.Current, view), replace: true);
    }

    private async Task TryAsync(Func<ProjectId, Task<Refusal?>> change)
    {
        if (viewer.Current.Project is not { } project)
            return;
        try
        {
            _problem = (await change(project))?.Message;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _problem = "The views cannot be reached.";
        }
    }
}
