using Actors.Queries;
using Actors.Web.Model.People;

namespace Actors.Web.Components.Pages.Users;

/// <summary>The users of the application, those who stand out first.</summary>
public sealed partial class UsersPage(NamePrivacy privacy)
{
    /// <inheritdoc/>
    protected override ListShape Shape => GroupLists.Users;

    /// <inheritdoc/>
    protected override string Path => ProjectPath.Users(Here);

    private ProjectId Here => Info?.Id ?? new ProjectId(Project);

    private PersonNames Names => new(Here, privacy.Hidden);

    /// <inheritdoc/>
    public override string RowAddress(string id) => ProjectPath.User(Here, id);

    /// <inheritdoc/>
    protected override IListSource<TraceGroup> CreateSource() => new GroupSource(Grains.GetGrain<IAnalyticsGrain>(Here.Value), TraceGroupKind.User);

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        if (RendererInfo.IsInteractive)
            await privacy.ReadAsync();
        await base.LoadAsync();
    }
}
