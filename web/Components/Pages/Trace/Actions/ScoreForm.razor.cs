using Actors.Scoring;
using Actors.Tracing;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Trace.Actions;

/// <summary>Gives a score by a config, changes the one that a person gave by it before, or takes one back.</summary>
public sealed partial class ScoreForm
{
    // The newest ones; who has more names the others through the API.
    private const int MaxConfigs = 100;

    private ElementReference _choice;
    private List<ScoreConfigRecord>? _configs;
    private ScoreConfigRecord? _config;
    private bool _focus;
    private double? _number;
    private string? _text;
    private string? _comment;
    private string? _name;
    private string? _labels;
    private ScoreDataType _type = ScoreDataType.Numeric;

    /// <summary>The observation; null: the trace itself.</summary>
    [Parameter]
    public string? ObservationId { get; set; }

    [Inject]
    private IScoreConfigStore Configs { get; set; } = null!;

    private List<ScoreRecord> Given =>
        [.. View.Scores(ObservationId).Where(s => s is { Source: ScoreSource.Annotation, DataType: not ScoreDataType.Correction })];

    private ScoreRecord? Mine => _config is null ? null : Given.LastOrDefault(s => s.ConfigId == _config.Id);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        try
        {
            var page = await Configs.ListAsync(Project, new PageRequest(1, MaxConfigs), Gone);
            _configs = [.. page.Items.Where(c => !c.IsArchived)];
            Choose(_configs.FirstOrDefault()?.Id);
            _focus = true;
        }
        catch (Exception e) when (e is not OperationCanceledException && !Gone.IsCancellationRequested)
        {
            Problem = "The score configs do not answer.";
        }
        catch (OperationCanceledException)
        {
            // The form was closed meanwhile.
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_focus)
            return;
        _focus = false;
        await _choice.FocusAsync();
    }

    private void Choose(string? id)
    {
        _config = _configs!.Find(c => c.Id == id);
        var mine = Mine;
        (_number, _comment) = (mine?.Value, mine?.Comment);
        var categories = _config?.DataType == ScoreDataType.Boolean ? ScoreConfigRules.BooleanCategories : _config?.Categories;
        _text = mine?.StringValue ?? categories?.FirstOrDefault(c => mine is null || c.Value == mine.Value)?.Label;
    }

    private Task SaveAsync() => _config is not { } config ? Task.CompletedTask : DoAsync(
        () => Desk.ScoreAsync(
            Project,
            TraceId,
            new ScoreDraft(
                Mine?.Id,
                ObservationId,
                config.Id,
                config.DataType,
                config.DataType switch
                {
                    ScoreDataType.Numeric => _number,
                    ScoreDataType.Boolean => ScoreConfigRules.BooleanCategories.FirstOrDefault(c => c.Label == _text)?.Value,
                    _ => null,
                },
                config.DataType is ScoreDataType.Categorical or ScoreDataType.Text ? _text : null,
                string.IsNullOrWhiteSpace(_comment) ? null : _comment,
                View.Trace.Environment),
            Gone),
        $"Scored: {config.Name}.");

    private Task DeleteAsync(ScoreRecord score) => DoAsync(
        async () =>
        {
            await Desk.DeleteScoreAsync(Project, TraceId, score.Id, Gone);
            return null;
        },
        $"Deleted: {score.Name}.");

    private async Task AddConfigAsync()
    {
        var labels = (_labels ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var config = new ScoreConfigRecord
        {
            Id = "",
            Name = _name?.Trim() ?? "",
            DataType = _type,
            Categories = _type switch
            {
                ScoreDataType.Categorical => [.. labels.Select((l, i) => new ScoreCategory(l, i))],
                ScoreDataType.Boolean => ScoreConfigRules.BooleanCategories,
                _ => null,
            },
        };
        Problem = !ScoreConfigRules.NamePattern().IsMatch(config.Name)
            ? "A name is of letters, digits, spaces and _ . - ( )"
            : ScoreConfigRules.Check(config)?.Message;
        if (Problem is not null)
            return;
        try
        {
            _configs!.Insert(0, await Configs.AddAsync(Project, config, Gone));
            Choose(_configs[0].Id);
        }
        catch (Exception e) when (e is not OperationCanceledException && !Gone.IsCancellationRequested)
        {
            Problem = "It could not be stored now. Try again.";
        }
        catch (OperationCanceledException)
        {
            // The form was closed meanwhile.
        }
    }
}
