using Actors.Live;
using Actors.Queries;
using Actors.Web.Model.Health;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Operate;

/// <summary>How the parts of the server do for a project, read again while somebody looks.</summary>
public sealed partial class HealthPage
{
    private HealthView? _view;
    private bool _silent;

    [Inject]
    private IDoorHealth Doors { get; set; } = null!;

    /// <inheritdoc/>
    protected override TimeSpan Pulse => TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task BeatAsync(bool back)
    {
        try
        {
            var columns = Grains.GetGrain<IAnalyticsGrain>(Info!.Id.Value).GetStatusAsync();
            var live = Grains.GetGrain<IMetricsGrain>(Info.Id.Value).GetHealthAsync();
            _view = HealthView.Of(Doors.Read(), await columns, await live, ServerFacts.OfThis(), Time.GetUtcNow());
            _silent = false;
        }
        catch (Exception) when (!Gone.IsCancellationRequested)
        {
            // A page of health that fails would say less than one that says so.
            (_view, _silent) = (null, true);
        }

        StateHasChanged();
    }
}
