using Actors.Annotation;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Dialogs;

/// <summary>Adds traces, observations or sessions to an annotation queue.</summary>
public sealed partial class QueueForm
{
    private const int MaxQueues = 100;

    private ElementReference _first;
    private IReadOnlyList<AnnotationQueueRecord>? _queues;
    private string? _queue;
    private bool _busy;
    private bool _focus;
    private string? _problem;

    /// <summary>The project.</summary>
    [Parameter, EditorRequired]
    public ProjectId Project { get; set; }

    /// <summary>What kind of things are added.</summary>
    [Parameter]
    public AnnotationObject Type { get; set; }

    /// <summary>Their ids.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string> Ids { get; set; } = [];

    /// <summary>It is done; what to say of it.</summary>
    [Parameter]
    public EventCallback<string?> Done { get; set; }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        try
        {
            _queues = (await Annotations.ListQueuesAsync(Project, new PageRequest(1, MaxQueues), CancellationToken.None)).Items;
            _queue = _queues.Count > 0 ? _queues[0].Id : null;
            _focus = _queue is not null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _problem = "The queues do not answer.";
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_focus)
            return;
        _focus = false;
        await _first.FocusAsync();
    }

    private async Task SaveAsync()
    {
        if (_busy || _queue is null)
            return;
        _busy = true;
        try
        {
            foreach (var id in Ids)
            {
                var outcome = await Annotations.AddItemAsync(Project, _queue, Type, id, AnnotationStatus.Pending, CancellationToken.None);
                _problem = outcome.Refusal?.Message;
                if (_problem is not null)
                    return;
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _problem = "It could not be stored now. Try again.";
            return;
        }
        finally
        {
            _busy = false;
        }
        await Done.InvokeAsync($"Added to {_queues!.First(q => q.Id == _queue).Name}.");
    }
}
