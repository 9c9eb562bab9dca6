using System.Text;
using Actors.Dashboards;
using Actors.Web.Model.Dashboards;
using Microsoft.AspNetCore.Components.Forms;

namespace Actors.Web.Components.Pages.Dashboards;

/// <summary>All dashboards: those that come with the server and those of the project.</summary>
public sealed partial class DashboardsPage(IDashboardStore dashboards)
{
    private const int Most = 100;

    private Slice<DashboardRecord>? _boards;
    private string? _problem;
    private bool _failed;

    /// <inheritdoc/>
    protected override TimeSpan Pulse => TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task BeatAsync(bool back)
    {
        if (_boards is not null && !back)
            return;
        try
        {
            _boards = await dashboards.ListAsync(Info!.Id, new PageRequest(1, Most), Gone);
            _failed = false;
        }
        catch (Exception) when (!Gone.IsCancellationRequested)
        {
            // The next beat tries again.
            _failed = _boards is null;
        }

        StateHasChanged();
    }

    private string Address(string id) => Keep(ProjectPath.Dashboard(Info?.Id ?? new ProjectId(Project), id));

    private Task AddAsync() => OpenAsync(() => dashboards.AddAsync(Info!.Id, new DashboardDraft { Name = "New dashboard" }, Gone), "?edit=1");

    private async Task ImportAsync(InputFileChangeEventArgs e)
    {
        using var text = new MemoryStream();
        try
        {
            await using var file = e.File.OpenReadStream(DashboardFile.MaxBytes, Gone);
            await file.CopyToAsync(text, Gone);
        }
        catch (IOException)
        {
            _problem = $"A dashboard has at most {DashboardFile.MaxBytes:#,0} bytes.";
            return;
        }

        var (import, problem) = DashboardFile.Read(Encoding.UTF8.GetString(text.ToArray()));
        if (import is null)
            _problem = problem;
        else
            await OpenAsync(() => dashboards.ImportAsync(Info!.Id, import, Gone), "");
    }

    private async Task OpenAsync(Func<Task<Outcome<DashboardRecord>>> make, string query)
    {
        try
        {
            var outcome = await make();
            _problem = outcome.Refusal?.Message;
            if (outcome.Value is { } board)
                Navigation.NavigateTo(Keep(ProjectPath.Dashboard(Info!.Id, board.Id) + query));
        }
        catch (Exception) when (!Gone.IsCancellationRequested)
        {
            _problem = "It could not be stored. Try again.";
        }
    }
}
