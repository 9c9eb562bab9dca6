using Actors.Live;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Model;
using Actors.Web.Model.Observations;

namespace Actors.Web.Components.Pages.Observations;

/// <summary>The list of observations.</summary>
public sealed partial class ObservationsPage
{
    /// <inheritdoc/>
    protected override ListShape Shape => ObservationList.Shape;

    /// <inheritdoc/>
    protected override string Path => ProjectPath.Observations(Here);

    private ProjectId Here => Info?.Id ?? new ProjectId(Project);

    /// <inheritdoc/>
    public override string RowAddress(string id) => ObservationSource.Split(id) is var (trace, observation)
        ? ProjectPath.Trace(Here, trace) + "?span=" + Uri.EscapeDataString(observation)
        : Path;

    /// <inheritdoc/>
    protected override IListSource<ObservationLine> CreateSource() => new ObservationSource(Grains.GetGrain<IAnalyticsGrain>(Here.Value));

    /// <inheritdoc/>
    protected override string PointAddress(PulsePoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return RowAddress(ObservationSource.IdOf(point.TraceId, point.ObservationId ?? ""));
    }

    private string AddressOf(ObservationRecord observation) => RowAddress(ObservationSource.IdOf(observation.TraceId, observation.Id));

    private static bool IsLost(ListCell<ObservationLine> cell) =>
        ObservationSource.IsRunning(cell.Item.Observation) && cell.Now - cell.Item.Observation.UpdatedAt > RunningTrace.Lease;

    private static ChosenRow[] Rows(ListSelection<ObservationLine> chosen) =>
    [
        .. chosen.Items.Select(line => line.Observation)
            .Select(o => new ChosenRow(ObservationSource.IdOf(o.TraceId, o.Id), o.TraceId, o.Id, o.Name ?? "unnamed")),
    ];

    private static string Count(long count) => count > 0 ? Format.Count(count) : "";

    private static string Length(ListCell<ObservationLine> cell)
    {
        var observation = cell.Item.Observation;
        var length = ObservationSource.IsRunning(observation)
            ? (IsLost(cell) ? observation.UpdatedAt : cell.Now) - observation.StartTime
            : observation.Latency;
        return length is { } known ? Format.Duration(known > TimeSpan.Zero ? known : TimeSpan.Zero) : "";
    }
}
