using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Trace.Actions;

/// <summary>What the forms that change a trace share: one action at a time, and a problem that is said instead of thrown.</summary>
public abstract class ActionForm : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    /// <summary>The trace.</summary>
    [Parameter, EditorRequired]
    public TraceViewModel View { get; set; } = null!;

    /// <summary>It is done; what to say of it.</summary>
    [Parameter]
    public EventCallback<string?> Done { get; set; }

    /// <summary>Whose trace it is.</summary>
    [CascadingParameter(Name = "Project")]
    public ProjectId Project { get; set; }

    [Inject]
    private protected TraceDesk Desk { get; set; } = null!;

    private protected string TraceId => View.Trace.Id;

    private protected CancellationToken Gone => _gone.Token;

    private protected string? Problem { get; set; }

    private protected bool Busy { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Does something and says that it is done, or why it is not.</summary>
    /// <param name="action">Answers why it was refused; null: it is done.</param>
    /// <param name="done">What to say then.</param>
    private protected async Task DoAsync(Func<Task<string?>> action, string? done)
    {
        if (Busy)
            return;
        (Busy, Problem) = (true, null);
        try
        {
            Problem = await action();
            if (Problem is null)
                await Done.InvokeAsync(done);
        }
        catch (Exception e) when (e is not OperationCanceledException && !_gone.IsCancellationRequested)
        {
            Problem = "It could not be stored now. Try again.";
        }
        catch (OperationCanceledException)
        {
            // The form was closed meanwhile.
        }
        finally
        {
            Busy = false;
        }
    }
}
