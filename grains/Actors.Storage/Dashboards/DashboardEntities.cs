using Actors.Dashboards;
using Actors.Queries;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Actors.Storage.Dashboards;

/// <summary>A dashboard.</summary>
internal sealed class Dashboard
{
    public required string Id { get; set; }

    public required string ProjectId { get; set; }

    public required string Name { get; set; }

    public required string Description { get; set; }

    /// <summary>JSON: a list of conditions.</summary>
    public required string Filters { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public List<DashboardPlacement> Placements { get; } = [];

    public DashboardRecord ToRecord() => new(
        Id, Name, Description, Filters, [.. Placements.OrderBy(p => p.Place).Select(p => p.ToRecord())], CreatedAt, UpdatedAt);

    public void Add(Placement placement) => Placements.Add(new DashboardPlacement
    {
        DashboardId = Id,
        Id = placement.Id,
        Place = Placements.Select(p => p.Place + 1).DefaultIfEmpty().Max(),
        Kind = placement.Kind,
        ContentId = placement.ContentId,
        X = placement.X,
        Y = placement.Y,
        Width = placement.Width,
        Height = placement.Height,
    });
}

/// <summary>A tile of a dashboard.</summary>
internal sealed class DashboardPlacement
{
    public required string DashboardId { get; set; }

    public required string Id { get; set; }

    /// <summary>Rises in the order in which tiles were put there.</summary>
    public int Place { get; set; }

    public PlacementKind Kind { get; set; }

    public required string ContentId { get; set; }

    public int X { get; set; }

    public int Y { get; set; }

    public int Width { get; set; }

    public int Height { get; set; }

    public Placement ToRecord() => new(Id, Kind, ContentId, X, Y, Width, Height);
}

/// <summary>A widget.</summary>
internal sealed class DashboardWidget
{
    public required string Id { get; set; }

    public required string ProjectId { get; set; }

    public required string Name { get; set; }

    public required string Description { get; set; }

    public MetricsView View { get; set; }

    public List<string> Dimensions { get; set; } = [];

    /// <summary>As in answers: <c>p95_latency</c>.</summary>
    public List<string> Metrics { get; set; } = [];

    /// <summary>JSON: a list of conditions.</summary>
    public required string Filters { get; set; }

    public ChartKind ChartKind { get; set; }

    public int? RowLimit { get; set; }

    public bool? ShowValueLabels { get; set; }

    public int? Bins { get; set; }

    public string? SortColumn { get; set; }

    public bool? SortDescending { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public void Set(WidgetDraft draft)
    {
        (Name, Description, Filters) = (draft.Name, draft.Description, draft.Filters);
        View = draft.View;
        Dimensions = [.. draft.Dimensions];
        Metrics = [.. draft.Metrics.Select(m => m.Name)];
        var chart = draft.Chart;
        (ChartKind, RowLimit, ShowValueLabels, Bins) = (chart.Kind, chart.RowLimit, chart.ShowValueLabels, chart.Bins);
        (SortColumn, SortDescending) = (chart.Sort?.Column, chart.Sort?.Descending);
    }

    public WidgetRecord ToRecord() => new(
        Id,
        new WidgetDraft
        {
            Name = Name,
            Description = Description,
            View = View,
            Dimensions = Dimensions,
            Metrics = [.. Metrics.Select(Metric)],
            Filters = Filters,
            Chart = new WidgetChart(ChartKind)
            {
                RowLimit = RowLimit,
                ShowValueLabels = ShowValueLabels,
                Bins = Bins,
                Sort = SortColumn is null ? null : new WidgetSort(SortColumn, SortDescending == true),
            },
        },
        CreatedAt,
        UpdatedAt);

    private static MetricsColumn Metric(string name)
    {
        var mark = name.IndexOf('_', StringComparison.Ordinal);
        return new(name[(mark + 1)..], Enum.Parse<MetricsAggregation>(name[..mark], ignoreCase: true));
    }
}

internal sealed class DashboardEntitiesMap :
    IEntityTypeConfiguration<Dashboard>,
    IEntityTypeConfiguration<DashboardPlacement>,
    IEntityTypeConfiguration<DashboardWidget>
{
    public void Configure(EntityTypeBuilder<Dashboard> builder)
    {
        builder.ToTable("dashboards").HasKey(d => d.Id);
        builder.HasIndex(d => new { d.ProjectId, d.UpdatedAt });
        builder.HasOne<Project>().WithMany().HasForeignKey(d => d.ProjectId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(d => d.Placements).WithOne().HasForeignKey(p => p.DashboardId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<DashboardPlacement> builder)
    {
        builder.ToTable("dashboard_placements").HasKey(p => new { p.DashboardId, p.Id });
        builder.HasIndex(p => p.ContentId);
    }

    public void Configure(EntityTypeBuilder<DashboardWidget> builder)
    {
        builder.ToTable("dashboard_widgets").HasKey(w => w.Id);
        builder.HasIndex(w => new { w.ProjectId, w.UpdatedAt });
        builder.HasOne<Project>().WithMany().HasForeignKey(w => w.ProjectId).OnDelete(DeleteBehavior.Cascade);
    }
}
