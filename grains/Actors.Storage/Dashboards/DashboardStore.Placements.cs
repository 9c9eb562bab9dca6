using Actors.Dashboards;
using Actors.Storage.Control;

namespace Actors.Storage.Dashboards;

/// <summary>The tiles of dashboards.</summary>
internal sealed partial class DashboardStore
{
    private static readonly Refusal NoPlacement = Refusal.NotFound("Dashboard placement not found");

    private static readonly Refusal TooManyTiles = Refusal.Conflict($"A dashboard has at most {Placement.MaxCount} placements.");

    public Task<Outcome<Placement>> PlaceAsync(
        ProjectId project, string dashboardId, PlacementDraft draft, CancellationToken cancellationToken) =>
        database.WriteAsync<Outcome<Placement>>(
            async context =>
            {
                if (await FindAsync(context, project, dashboardId, cancellationToken) is not { } dashboard)
                {
                    return NoDashboard;
                }

                var placement = draft.Place(EntityId.New(), dashboard.Placements.Select(p => p.ToRecord()));
                if (Misfit(placement) is { } misfit)
                {
                    return misfit;
                }

                if (await CheckAsync(context, project, [placement], [], cancellationToken) is { } refusal)
                {
                    return refusal;
                }

                if (dashboard.Placements.Any(p => p.Id == placement.Id))
                {
                    return Refusal.Conflict("A placement with this id is on the dashboard already.");
                }

                if (dashboard.Placements.Count >= Placement.MaxCount)
                {
                    return TooManyTiles;
                }

                dashboard.Add(placement);
                dashboard.UpdatedAt = time.GetUtcNow();
                return placement;
            },
            cancellationToken);

    public Task<Outcome<Placement>> MoveAsync(
        ProjectId project, string dashboardId, string placementId, PlacementMove move, CancellationToken cancellationToken) =>
        database.WriteAsync<Outcome<Placement>>(
            async context =>
            {
                var dashboard = await FindAsync(context, project, dashboardId, cancellationToken);
                if (dashboard?.Placements.Find(p => p.Id == placementId) is not { } row)
                {
                    return dashboard is null ? NoDashboard : NoPlacement;
                }

                var placement = move.Apply(row.ToRecord());
                if (Misfit(placement) is { } misfit)
                {
                    return misfit;
                }

                Move(row, placement);
                dashboard.UpdatedAt = time.GetUtcNow();
                return placement;
            },
            cancellationToken);

    public Task<Refusal?> RemoveAsync(ProjectId project, string dashboardId, string placementId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                var dashboard = await FindAsync(context, project, dashboardId, cancellationToken);
                if (dashboard?.Placements.Find(p => p.Id == placementId) is not { } row)
                {
                    return dashboard is null ? NoDashboard : NoPlacement;
                }

                dashboard.Placements.Remove(row);
                dashboard.UpdatedAt = time.GetUtcNow();
                return null;
            },
            cancellationToken);

    private static void Move(DashboardPlacement row, Placement placement) =>
        (row.X, row.Y, row.Width, row.Height) = (placement.X, placement.Y, placement.Width, placement.Height);

    private static Refusal? Misfit(Placement placement) =>
        placement.Misfit() is var (field, message) ? Refusal.Invalid($"{field}: {message}") : null;
}
