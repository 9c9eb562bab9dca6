using Actors.Queries;
using Actors.Tracing;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Traces;

/// <summary>The list of traces.</summary>
public sealed partial class TracesPage
{
    /// <summary>A part of the name, as addresses were before there was a language; so are the next six.</summary>
    [SupplyParameterFromQuery] public string? Name { get; set; }

    /// <summary>The exact user.</summary>
    [SupplyParameterFromQuery] public string? User { get; set; }

    /// <summary>The exact session.</summary>
    [SupplyParameterFromQuery] public string? Session { get; set; }

    /// <summary>Highest levels.</summary>
    [SupplyParameterFromQuery] public string[]? Level { get; set; }

    /// <summary>Environments.</summary>
    [SupplyParameterFromQuery] public string[]? Environment { get; set; }

    /// <summary>Exact names.</summary>
    [SupplyParameterFromQuery] public string[]? Named { get; set; }

    /// <summary>Models called.</summary>
    [SupplyParameterFromQuery] public string[]? Model { get; set; }

    /// <inheritdoc/>
    protected override ListShape Shape => TraceFilter.Shape;

    /// <inheritdoc/>
    protected override string Path => ProjectPath.Traces(Here);

    private ProjectId Here => Info?.Id ?? new ProjectId(Project);

    /// <inheritdoc/>
    public override string RowAddress(string id) => ProjectPath.Trace(Here, id) + (State.WithColumns(null) with { View = null }).ToQuery();

    /// <inheritdoc/>
    protected override IListSource<TraceRecord> CreateSource() => new TraceSource(Grains.GetGrain<IAnalyticsGrain>(Here.Value));

    /// <inheritdoc/>
    protected override string PointAddress(PulsePoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return RowAddress(point.TraceId);
    }

    /// <inheritdoc/>
    protected override ListState ReadOlder(ListState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state
            .AndContains("name", Name)
            .And("userId", User)
            .And("sessionId", Session)
            .AndOneOf("level", Level)
            .AndOneOf("environment", Environment)
            .AndOneOf("name", Named)
            .AndOneOf("model", Model);
    }
}
