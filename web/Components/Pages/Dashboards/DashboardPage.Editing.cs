using Actors.Dashboards;
using Actors.Web.Model.Dashboards;
using Microsoft.JSInterop;

namespace Actors.Web.Components.Pages.Dashboards;

/// <summary>What changes a dashboard. Every change is stored at once, so there is nothing to lose and nothing to save.</summary>
public sealed partial class DashboardPage
{
    // One number needs less room than a chart.
    private const int NumberHeight = 3;

    // As many as a person looks through.
    private const int MostKnown = 100;

    private Task ArrangeAsync(IReadOnlyList<Placement> tiles) => ChangeAsync(new DashboardChange { Placements = tiles });

    private Task RemoveAsync(WidgetSlot slot) => ChangeAsync(new DashboardChange
    {
        Placements = GridLayout.Arrange([.. _board!.Placements.Where(p => p.Id != slot.Placement.Id)]),
    });

    private Task RenameAsync() => _name.Trim().Length == 0
        ? Task.CompletedTask
        : ChangeAsync(new DashboardChange { Name = _name.Trim(), Description = _description.Trim() });

    private async Task ChangeAsync(DashboardChange change) => await TryAsync(async () =>
    {
        var outcome = await dashboards.ChangeAsync(Info!.Id, Id, change, Gone);
        return outcome.Value is { } board ? await ShownAsync(board) : outcome.Refusal;
    });

    private async Task CopyAsync(WidgetSlot slot) => await TryAsync(async () =>
    {
        var added = await dashboards.AddWidgetAsync(Info!.Id, slot.Widget! with { Name = $"{slot.Widget.Name} (copy)" }, Gone);
        return added.Value is { } widget
            ? await PlaceAsync(new PlacementDraft(PlacementKind.Widget, widget.Id) { Width = slot.Placement.Width, Height = slot.Placement.Height })
            : added.Refusal;
    });

    private async Task SaveAsync(WidgetDraft draft)
    {
        var slot = _slots.FirstOrDefault(s => s.Placement.Id == Widget);
        var isDone = await TryAsync(async () =>
        {
            if (slot is null)
            {
                var added = await dashboards.AddWidgetAsync(Info!.Id, draft, Gone);
                return added.Value is { } widget
                    ? await PlaceAsync(new PlacementDraft(PlacementKind.Widget, widget.Id) { Height = draft.Chart.Kind == ChartKind.Number ? NumberHeight : null })
                    : added.Refusal;
            }

            var change = new WidgetChange
            {
                Name = draft.Name, Description = draft.Description, View = draft.View, Dimensions = draft.Dimensions,
                Metrics = draft.Metrics, Filters = draft.Filters, Kind = draft.Chart.Kind, Chart = draft.Chart,
            };
            var changed = await dashboards.ChangeWidgetAsync(Info!.Id, slot.Placement.ContentId, change, Gone);
            return changed.Refusal ?? await ShownAsync(_board!);
        });
        if (isDone)
            Navigation.NavigateTo(Address(edit: true));
    }

    private async Task<IReadOnlyList<WidgetRecord>> LibraryAsync() =>
        (await dashboards.ListWidgetsAsync(Info!.Id, new PageRequest(1, MostKnown), Gone)).Items;

    private async Task PlaceKnownAsync(PlacementDraft draft)
    {
        if (await TryAsync(() => PlaceAsync(draft)))
            Navigation.NavigateTo(Address(edit: true));
    }

    private async Task<Refusal?> PlaceAsync(PlacementDraft draft)
    {
        var placed = await dashboards.PlaceAsync(Info!.Id, Id, draft, Gone);
        return placed.Refusal ?? ((await dashboards.FindAsync(Info.Id, Id, Gone)) is { Value: { } board } ? await ShownAsync(board) : null);
    }

    private async Task<Refusal?> ShownAsync(DashboardRecord board)
    {
        await ShowAsync(board);
        if (_slots.Any(s => s.State == SlotState.Loading))
            Ask();
        return null;
    }

    private async Task DeleteAsync()
    {
        if (!_sure)
        {
            _sure = true;
            return;
        }

        if (await TryAsync(() => dashboards.DeleteAsync(Info!.Id, Id, Gone)))
            Navigation.NavigateTo(Keep(ProjectPath.Dashboards(Info!.Id)));
    }

    private async Task CloneAsync()
    {
        DashboardRecord? made = null;
        await TryAsync(async () =>
        {
            var import = Import();
            var outcome = await dashboards.ImportAsync(
                Info!.Id, import with { Dashboard = import.Dashboard with { Name = $"{import.Dashboard.Name} (copy)" } }, Gone);
            made = outcome.Value;
            return outcome.Refusal;
        });
        if (made is not null)
            Navigation.NavigateTo(Keep(ProjectPath.Dashboard(Info!.Id, made.Id) + "?edit=1"));
    }

    private async Task ExportAsync()
    {
        var import = Import();
        await using var module = await js.InvokeAsync<IJSObjectReference>("import", "./_content/Actors.Web/js/download.js");
        await module.InvokeVoidAsync("save", $"{FileName(_board!.Name)}.json", DashboardFile.Write(import.Dashboard, import.Widgets));
    }

    // Widgets that are gone are left behind.
    private DashboardImport Import()
    {
        var widgets = _slots.Where(s => s.Placement.Kind == PlacementKind.Widget && s.Widget is not null)
            .GroupBy(s => s.Placement.ContentId).ToDictionary(g => g.Key, g => g.First().Widget!);
        var placements = _board!.Placements.Where(p => p.Kind == PlacementKind.Preset || widgets.ContainsKey(p.ContentId));
        return new DashboardImport(
            new DashboardDraft { Name = _board.Name, Description = _board.Description, Filters = _board.Filters, Placements = [.. placements] }, widgets);
    }

    private Task PreviewAsync(WidgetSlot slot)
    {
        var now = Time.GetUtcNow();
        var (from, to) = _range.At(now);
        var page = new PageQuestion(Narrowed, from, to, new FigureFrame(now, "preview", at => Clock.Second(at)));
        return new WidgetRunner(query => Analytics.QueryMetricsAsync(query)).RunAsync([slot], page, static () => { }, Gone);
    }

    private async Task<bool> TryAsync(Func<Task<Refusal?>> change)
    {
        try
        {
            _problem = (await change())?.Message;
        }
        catch (Exception) when (!Gone.IsCancellationRequested)
        {
            // Whether it was stored is not known; what is stored is shown again.
            _problem = "It could not be stored. Try again.";
            _board = null;
        }

        StateHasChanged();
        return _problem is null;
    }

    private static string FileName(string name) =>
        string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')) is { Length: > 0 } text ? text[..Math.Min(60, text.Length)] : "dashboard";
}
