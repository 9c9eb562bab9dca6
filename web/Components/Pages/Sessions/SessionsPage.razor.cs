using Actors.Queries;
using Actors.Web.Model.People;

namespace Actors.Web.Components.Pages.Sessions;

/// <summary>The list of sessions.</summary>
public sealed partial class SessionsPage(NamePrivacy privacy)
{
    /// <inheritdoc/>
    protected override ListShape Shape => GroupLists.Sessions;

    /// <inheritdoc/>
    protected override string Path => ProjectPath.Sessions(Here);

    private ProjectId Here => Info?.Id ?? new ProjectId(Project);

    private PersonNames Names => new(Here, privacy.Hidden);

    /// <inheritdoc/>
    public override string RowAddress(string id) => ProjectPath.Session(Here, id);

    /// <inheritdoc/>
    protected override IListSource<TraceGroup> CreateSource() => new GroupSource(Grains.GetGrain<IAnalyticsGrain>(Here.Value), TraceGroupKind.Session);

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        if (RendererInfo.IsInteractive)
            await privacy.ReadAsync();
        await base.LoadAsync();
    }
}
