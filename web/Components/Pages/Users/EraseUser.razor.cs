using Actors.Web.Model.People;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Users;

/// <summary>Shows what would go with a user, and lets it go once the id has been written.</summary>
public sealed partial class EraseUser(UserEraser eraser, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _gone = new();
    private ErasurePreview? _preview;
    private ErasureRun? _run;
    private Task _watching = Task.CompletedTask;
    private string? _shown;
    private string? _written;
    private bool _failed;

    /// <summary>The project.</summary>
    [Parameter, EditorRequired]
    public ProjectId Project { get; set; }

    /// <summary>The user.</summary>
    [Parameter, EditorRequired]
    public string UserId { get; set; } = "";

    /// <summary>How users are called.</summary>
    [Parameter]
    public PersonNames Names { get; set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _watching;
        _gone.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_shown == UserId)
            return;
        (_shown, _written, _preview) = (UserId, null, null);
        _run = eraser.Find(Project, UserId);
        await PreviewAsync();
        Watch();
    }

    private void EraseAsync()
    {
        if (_written != UserId)
            return;
        _run = eraser.Start(Project, UserId);
        _written = null;
        Watch();
    }

    private void Watch()
    {
        if (_run is { State: ErasureState.Running } && _watching.IsCompleted)
            _watching = WatchAsync(_run);
    }

    private async Task WatchAsync(ErasureRun run)
    {
        try
        {
            using var pulse = new PeriodicTimer(Pulse, time);
            while (run.State == ErasureState.Running && await pulse.WaitForNextTickAsync(_gone.Token))
                await InvokeAsync(StateHasChanged);
            await InvokeAsync(PreviewAsync);
            await InvokeAsync(StateHasChanged);
        }
        catch (OperationCanceledException)
        {
            // The page was left; the erasure goes on.
        }
    }

    private async Task PreviewAsync()
    {
        try
        {
            _preview = await eraser.PreviewAsync(Project, UserId, _gone.Token);
            _failed = false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _failed = true;
        }
    }
}
