using Actors.Tracing;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Traces;

/// <summary>A trace beside the list. The one that is likely to be wanted next is read ahead.</summary>
public sealed partial class TracePeek(IGrainFactory grains, TimeProvider time)
{
    private readonly Dictionary<string, Task<StreamDocument?>> _ahead = [];
    private TraceViewModel? _view;
    private DateTimeOffset _now;
    private string? _id;
    private string? _first;
    private string _span = TraceViewModel.RootId;
    private int _looks;
    private bool _missing;
    private bool _failed;

    /// <summary>The project.</summary>
    [Parameter, EditorRequired] public ProjectId Project { get; set; }

    /// <summary>The trace.</summary>
    [Parameter, EditorRequired] public string Id { get; set; } = "";

    /// <summary>The observation that is chosen at first; null: the trace itself.</summary>
    [Parameter] public string? Span { get; set; }

    /// <summary>The trace below it in the list; null: unknown or none.</summary>
    [Parameter] public string? NextId { get; set; }

    /// <summary>Rises when something has happened in the project.</summary>
    [Parameter] public int Looks { get; set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_first != Span)
            (_first, _span) = (Span, Span ?? TraceViewModel.RootId);
        if (_id != Id)
        {
            (_id, _looks, _span, _missing) = (Id, Looks, Span ?? TraceViewModel.RootId, false);
            await ShowAsync(Id, _ahead.Remove(Id, out var ahead) && !ahead.IsFaulted ? ahead : ReadAsync(Id));
        }
        else if (_looks != Looks && _view is null or { Running: true })
        {
            _looks = Looks;
            await ShowAsync(Id, ReadAsync(Id));
        }

        ReadAhead();
    }

    private void ReadAhead()
    {
        if (NextId is null || NextId == Id || _ahead.ContainsKey(NextId))
            return;
        // One is enough: who goes the other way has just seen what comes.
        _ahead.Clear();
        _ahead.Add(NextId, ReadAsync(NextId));
    }

    private async Task ShowAsync(string id, Task<StreamDocument?> reading)
    {
        try
        {
            var document = await reading;
            if (id != Id)
                return;
            _now = time.GetUtcNow();
            (_view, _failed) = (TraceViewModel.Of(document), false);
            _missing = _view is null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (id == Id)
                (_view, _failed) = (null, true);
        }
    }

    private Task<StreamDocument?> ReadAsync(string id) => StreamId.IsValidId(id)
        ? grains.GetGrain<ITraceGrain>(GrainKey.ForStream(Project, StreamId.ForTrace(id))).ReadAsync()
        : Task.FromResult<StreamDocument?>(null);
}
