using Actors.Access;
using Actors.Live;
using Actors.Queries;
using Actors.Web.Model.Live;

namespace Actors.Web.Components.Pages.Setup;

/// <summary>
/// The way from nothing to a first trace. In a project without traces the page becomes the first one that arrives; in others it
/// shows the newest.
/// </summary>
public sealed partial class SetupPage(LiveFeed live, IApiKeyStore keys)
{
    private LiveSubscription? _subscription;
    private FeedTrace? _newest;
    private string? _publicKey;
    private bool _isEmpty;
    private bool _isRead;
    private bool _stale;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        if (!RendererInfo.IsInteractive || _isRead)
            return;

        _isRead = true;
        try
        {
            _publicKey = await keys.ListAsync(new TeamScope(Info!.OrganizationId, Info.Id), Gone) is [var first, ..] ? first.PublicKey : null;
            var page = await Grains.GetGrain<IAnalyticsGrain>(Info.Id.Value)
                .ListTracesAsync(new TraceQuery { Limit = 1, TextLimit = 0, WithTotal = false });
            _isEmpty = page.Items.Count == 0 && !page.IsPartial();
        }
        catch (Exception e) when (e is not OperationCanceledException && !Gone.IsCancellationRequested)
        {
            // The keys and the past are a convenience; what arrives is still shown.
            _isEmpty = false;
        }
    }

    /// <inheritdoc/>
    protected override Task BeatAsync(bool back)
    {
        if (back)
            _subscription = live.Subscribe(LiveScope.Of(Info!.Id), static () => { });

        var newest = _subscription?.State?.Feed.FirstOrDefault();
        var stale = _subscription?.Stale == true;
        if (newest is not null && _isEmpty)
        {
            Navigation.NavigateTo(ProjectPath.Trace(Info!.Id, newest.TraceId), replace: true);
        }
        else if (newest?.TraceId != _newest?.TraceId || stale != _stale)
        {
            (_newest, _stale) = (newest, stale);
            StateHasChanged();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask LeaveAsync()
    {
        _subscription?.Dispose();
        _subscription = null;
        return ValueTask.CompletedTask;
    }
}
