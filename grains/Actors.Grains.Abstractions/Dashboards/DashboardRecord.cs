namespace Actors.Dashboards;

/// <summary>Widgets on a grid of twelve columns.</summary>
/// <param name="Id">The dashboard's id.</param>
/// <param name="Name">What people call it; not unique.</param>
/// <param name="Description">What it answers; empty: nobody said.</param>
/// <param name="Filters">JSON: conditions in the shape of langfuse-api §0.5 that narrow every widget; <c>[]</c>: none.</param>
/// <param name="Placements">What is on it, in the order in which it was put there.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it, or what is on it, last changed.</param>
public sealed record DashboardRecord(
    string Id,
    string Name,
    string Description,
    string Filters,
    IReadOnlyList<Placement> Placements,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <summary>A dashboard to be made.</summary>
public sealed record DashboardDraft
{
    /// <inheritdoc cref="DashboardRecord.Name"/>
    public required string Name { get; init; }

    /// <inheritdoc cref="DashboardRecord.Description"/>
    public string Description { get; init; } = "";

    /// <inheritdoc cref="DashboardRecord.Filters"/>
    public string Filters { get; init; } = "[]";

    /// <inheritdoc cref="DashboardRecord.Placements"/>
    public IReadOnlyList<Placement> Placements { get; init; } = [];
}

/// <summary>A change of a dashboard; what is null stays as it is.</summary>
public sealed record DashboardChange
{
    /// <inheritdoc cref="DashboardRecord.Name"/>
    public string? Name { get; init; }

    /// <inheritdoc cref="DashboardRecord.Description"/>
    public string? Description { get; init; }

    /// <inheritdoc cref="DashboardRecord.Filters"/>
    public string? Filters { get; init; }

    /// <summary>All that is on it from now on.</summary>
    public IReadOnlyList<Placement>? Placements { get; init; }
}

/// <summary>A dashboard to be made together with widgets of its own.</summary>
/// <param name="Dashboard">The dashboard. Its placements name the widgets by their keys in <paramref name="Widgets"/>.</param>
/// <param name="Widgets">Widgets to be made, by any key.</param>
public sealed record DashboardImport(DashboardDraft Dashboard, IReadOnlyDictionary<string, WidgetDraft> Widgets);
