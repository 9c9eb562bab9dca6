using Actors.Queries;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Layout;

/// <summary>Which environments the pages of the project show. The choice is in the address, so a link shows the same.</summary>
public sealed partial class EnvironmentSwitch(NavigationManager navigation, IGrainFactory grains, TimeProvider time)
{
    private IReadOnlyList<FacetValue> _known = [];
    private bool _failed;

    /// <summary>The project.</summary>
    [Parameter, EditorRequired]
    public ProjectId Project { get; set; }

    /// <summary>What is chosen.</summary>
    [Parameter, EditorRequired]
    public EnvironmentChoice Choice { get; set; } = EnvironmentChoice.All;

    private string Text => Choice.Names switch { [] => "All environments", [var one] => one, var more => $"{more.Count} environments" };

    // A chosen one stays to be unchosen, even when nothing came from it lately.
    private IEnumerable<FacetValue> Known =>
        _known.Concat(Choice.Names.Where(n => !_known.Any(k => k.Value == n)).Select(n => new FacetValue(n, 0)));

    private void Go(EnvironmentChoice choice) =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameter(EnvironmentChoice.Key, choice.IsAll ? null : choice.Text));

    private async Task ReadAsync()
    {
        try
        {
            var query = new TraceQuery { From = time.GetUtcNow() - TimeRange.Month.Length };
            _known = (await grains.GetGrain<IAnalyticsGrain>(Project.Value).CountTracesAsync(query, ["environment"]))[0].Values;
            _failed = false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _failed = true;
        }
    }
}
