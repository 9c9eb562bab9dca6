using Actors.Tracing;
using Actors.Web.Components.Dialogs;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Actors.Web.Components.Pages.Trace.Actions;

/// <summary>What people do to a trace or one of its observations: a row of buttons, and the form of the one that was pressed.</summary>
public sealed partial class TraceActions
{
    private readonly string _copyId = $"id-{Guid.NewGuid():n}";
    private ElementReference _first;
    private TraceAction? _focused;
    private string? _done;
    private string? _other;

    /// <summary>The trace.</summary>
    [Parameter, EditorRequired]
    public TraceViewModel View { get; set; } = null!;

    /// <summary>The observation; null: the trace itself.</summary>
    [Parameter]
    public ObservationRecord? Observation { get; set; }

    /// <summary>The form that is open.</summary>
    [Parameter]
    public TraceAction? Open { get; set; }

    /// <summary>Another form is to be open.</summary>
    [Parameter]
    public EventCallback<TraceAction?> OpenChanged { get; set; }

    /// <summary>The trace has changed.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    /// <summary>A trace was named to compare with.</summary>
    [Parameter]
    public EventCallback<string> Compared { get; set; }

    /// <summary>The trace is no more.</summary>
    [Parameter]
    public EventCallback Deleted { get; set; }

    /// <summary>Whose trace it is.</summary>
    [CascadingParameter(Name = "Project")]
    public ProjectId Project { get; set; }

    private bool IsTrace => Observation is null;

    private string Id => Observation?.Id ?? View.Trace.Id;

    private IEnumerable<(TraceAction Action, string Text, string? Key)> Offered => IsTrace
        ?
        [
            (TraceAction.Score, "Score", "e"), (TraceAction.Correct, "Correct", null), (TraceAction.Dataset, "To dataset", "a"), (TraceAction.Queue, "To queue", null),
            (TraceAction.Tags, "Tags", null), (TraceAction.Share, View.Trace.Public ? "Shared" : "Share", null), (TraceAction.Compare, "Compare", null),
            (TraceAction.Delete, "Delete", null),
        ]
        : [(TraceAction.Score, "Score", "e"), (TraceAction.Correct, "Correct", null), (TraceAction.Dataset, "To dataset", "a"), (TraceAction.Queue, "To queue", null)];

    private DatasetSource Source
    {
        get
        {
            var corrected = View.Scores(Observation?.Id).LastOrDefault(s => s.DataType == ScoreDataType.Correction)?.StringValue;
            return new(
                View.Trace.Id,
                Observation?.Id,
                Observation is null ? View.Trace.Input : Observation.Input,
                corrected is not null ? JsonTextOf(corrected) : Observation is null ? View.Trace.Output : Observation.Output);
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focused == Open)
            return;
        _focused = Open;
        if (Open == TraceAction.Compare && IsTrace)
            await _first.FocusAsync();
    }

    private Task ToggleAsync(TraceAction action)
    {
        _done = null;
        return OpenChanged.InvokeAsync(Open == action ? null : action);
    }

    private Task CloseAsync() => OpenChanged.InvokeAsync(null);

    private async Task DoneAsync(string? done)
    {
        _done = done;
        await OpenChanged.InvokeAsync(null);
        await Changed.InvokeAsync();
    }

    private Task CompareAsync() => string.IsNullOrWhiteSpace(_other) ? Task.CompletedTask : Compared.InvokeAsync(_other.Trim());

    private Task OnKeyAsync(KeyboardEventArgs e) => e.Key == "Escape" ? CloseAsync() : Task.CompletedTask;

    // A correction is words, or the JSON of a better answer.
    private static string JsonTextOf(string text) => Model.Json.JsonText.IsJson(text) ? text : System.Text.Json.JsonSerializer.Serialize(text);
}
