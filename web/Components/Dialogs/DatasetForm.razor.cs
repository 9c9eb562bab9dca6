using Actors.Datasets;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Dialogs;

/// <summary>What becomes an item of a dataset.</summary>
/// <param name="TraceId">The trace it is taken from.</param>
/// <param name="ObservationId">The observation; null: the trace itself.</param>
/// <param name="Input">JSON text.</param>
/// <param name="Output">JSON text; may become what is expected.</param>
public sealed record DatasetSource(string TraceId, string? ObservationId, string? Input, string? Output);

/// <summary>Adds a trace or an observation to a dataset, which it makes when there is none of that name.</summary>
public sealed partial class DatasetForm
{
    private const int MaxNames = 100;

    private readonly string _listId = $"datasets-{Guid.NewGuid():n}";
    private ElementReference _first;
    private List<string>? _names;
    private string _name = "";
    private bool _expected = true;
    private bool _busy;
    private bool _focus;
    private string? _problem;

    /// <summary>The project.</summary>
    [Parameter, EditorRequired]
    public ProjectId Project { get; set; }

    /// <summary>What is added.</summary>
    [Parameter, EditorRequired]
    public DatasetSource Source { get; set; } = null!;

    /// <summary>It is done; what to say of it.</summary>
    [Parameter]
    public EventCallback<string?> Done { get; set; }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        try
        {
            _names = [.. (await Datasets.ListAsync(Project, new PageRequest(1, MaxNames), CancellationToken.None)).Items.Select(d => d.Name)];
            _name = _names.FirstOrDefault() ?? "";
            _focus = true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _problem = "The datasets do not answer.";
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
        var name = _name.Trim();
        if (_busy || name.Length == 0)
            return;
        _busy = true;
        try
        {
            _problem = await AddAsync(name);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _problem = "It could not be stored now. Try again.";
        }
        finally
        {
            _busy = false;
        }
        if (_problem is null)
            await Done.InvokeAsync($"Added to {name}.");
    }

    private async Task<string?> AddAsync(string name)
    {
        if (await Datasets.FindAsync(Project, name, CancellationToken.None) is null
            && (await Datasets.SaveAsync(Project, new DatasetDraft(name), CancellationToken.None)).Problem is { } problem)
        {
            return problem.Message;
        }

        var outcome = await Items.SaveAsync(
            Project,
            new DatasetItemDraft(name, null)
            {
                Input = FieldChange.To(Source.Input),
                ExpectedOutput = FieldChange.To(_expected ? Source.Output : null),
                SourceTraceId = FieldChange.To(Source.TraceId),
                SourceObservationId = FieldChange.To(Source.ObservationId),
            },
            CancellationToken.None);
        return outcome.Result switch
        {
            DatasetItemResult.Saved => null,
            DatasetItemResult.DoesNotFit => $"It does not fit the dataset: {outcome.Detail}",
            _ => "The dataset is gone.",
        };
    }
}
