using Actors.Access;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages;

/// <summary>
/// What every page inside a project shares: the project in the address is checked on each load, keys live as long as the
/// page, and a heart beats while somebody is watching.
/// </summary>
public abstract class ProjectPage : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private Task _heart = Task.CompletedTask;
    private IDisposable? _keys;
    private bool _wasWatching;

    /// <summary>A page that nobody has left.</summary>
    protected ProjectPage() => Gone = _gone.Token;

    /// <summary>The project's id in the address.</summary>
    [Parameter]
    public string Project { get; set; } = "";

    /// <summary>The environments in the address, see <see cref="Environments"/>.</summary>
    [SupplyParameterFromQuery(Name = EnvironmentChoice.Key)]
    public string? Env { get; set; }

    /// <summary>How much room rows take.</summary>
    [CascadingParameter]
    public Density Density { get; set; } = Density.Comfortable;

    /// <summary>The environments that the viewer looks at. A page asks for these only, and its own addresses keep them, see <see cref="Keep"/>.</summary>
    protected EnvironmentChoice Environments { get; private set; } = EnvironmentChoice.All;

    /// <summary>The project; null while it is looked up, and when there is none.</summary>
    protected ProjectInfo? Info { get; private set; }

    /// <summary>There is no such project.</summary>
    protected bool Unknown { get; private set; }

    /// <summary>Cancelled when the page is left.</summary>
    protected CancellationToken Gone { get; }

    [Inject]
    private protected IProjectDirectory Projects { get; set; } = null!;

    [Inject]
    private protected NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private protected TimeProvider Time { get; set; } = null!;

    [Inject]
    private protected ViewerClock Clock { get; set; } = null!;

    [Inject]
    private protected ViewerPresence Presence { get; set; } = null!;

    [Inject]
    private protected Shortcuts Shortcuts { get; set; } = null!;

    [Inject]
    private protected IGrainFactory Grains { get; set; } = null!;

    /// <summary>How often <see cref="BeatAsync"/> runs.</summary>
    protected virtual TimeSpan Pulse => TimeSpan.FromMilliseconds(500);

    /// <summary>The keys of this page.</summary>
    protected virtual Shortcut[] Keys => [];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        _keys?.Dispose();
        await LeaveAsync();
        await _heart;
        _gone.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        Environments = EnvironmentChoice.Parse(Env);
        try
        {
            await FindAndLoadAsync();
        }
        catch (Exception) when (Gone.IsCancellationRequested)
        {
            // The page was left while it loaded; what it still reached for is gone with it.
        }
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _keys = Shortcuts.Register(Keys);
            _heart = RunAsync();
        }
    }

    /// <summary>The address changed, or the page has just been opened. Also runs while prerendering.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>Runs regularly on the circuit while somebody is watching. <paramref name="back"/>: for the first time, or again after an absence.</summary>
    protected virtual Task BeatAsync(bool back) => Task.CompletedTask;

    /// <summary>Nobody is watching any more: give back what costs.</summary>
    protected virtual ValueTask LeaveAsync() => ValueTask.CompletedTask;

    /// <summary>An address of this page or another, with the environments that are looked at.</summary>
    protected string Keep(string address) => Environments.On(address);

    private async Task FindAndLoadAsync()
    {
        if (Info?.Id.Value != Project)
        {
            Info = ProjectId.IsValid(Project) ? await Projects.FindAsync(new ProjectId(Project), Gone) : null;
            Unknown = Info is null;
        }

        if (Info is not null)
            await LoadAsync();
    }

    private async Task RunAsync()
    {
        try
        {
            using var pulse = new PeriodicTimer(Pulse, Time);
            do
            {
                await InvokeAsync(StepAsync);
            }
            while (await pulse.WaitForNextTickAsync(Gone));
        }
        catch (Exception) when (Gone.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception e)
        {
            // Nobody awaits the heart, so the failure is handed to the error boundary.
            await DispatchExceptionAsync(e);
        }
    }

    private async Task StepAsync()
    {
        if (Gone.IsCancellationRequested)
            return;
        if (Presence.Watching && Info is not null)
        {
            var back = !_wasWatching;
            _wasWatching = true;
            await BeatAsync(back);
        }
        else if (_wasWatching)
        {
            _wasWatching = false;
            await LeaveAsync();
        }
    }
}
