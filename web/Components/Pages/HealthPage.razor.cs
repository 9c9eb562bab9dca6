using Actors.Live;
using Actors.Queries;
using Actors.Web.Model.Health;

namespace Actors.Web.Components.Pages;

/// <summary>How the parts of the server do for a project, read again while somebody looks.</summary>
public sealed partial class HealthPage
{
    private HealthView? _view;
    private bool _silent;

    /// <inheritdoc/>
    protected override TimeSpan Pulse => TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task BeatAsync(bool back)
    {
        try
        {
            var columns = Grains.GetGrain<IAnalyticsGrain>(Info!.Id.Value).GetStatusAsync();
            var live = Grains.GetGrain<IMetricsGrain>(Info.Id.Value).GetHealthAsync();
            _view = HealthView.Of(await columns, await live, ServerFacts.OfThis(), Time.GetUtcNow());
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
