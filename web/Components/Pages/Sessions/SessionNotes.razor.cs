using Actors.Comments;
using Actors.Scoring;
using Actors.Tracing;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Sessions;

/// <summary>What people say about a session: scores in its own stream, and notes.</summary>
public sealed partial class SessionNotes(IGrainFactory grains, ICommentStore comments, IScoreConfigStore configs, IScoreRules rules, TimeProvider time, ViewerClock clock)
{
    private const int Most = 50;

    private IReadOnlyList<ScoreConfigRecord> _configs = [];
    private IReadOnlyList<CommentRecord> _notes = [];
    private string? _read;
    private string _name = "";
    private ScoreDataType _type = ScoreDataType.Numeric;
    private double _number = 1;
    private bool _yes = true;
    private string _text = "";
    private string _why = "";
    private string _note = "";
    private string? _problem;
    private bool _busy;

    /// <summary>The project.</summary>
    [Parameter, EditorRequired]
    public ProjectId Project { get; set; }

    /// <summary>The session.</summary>
    [Parameter, EditorRequired]
    public string SessionId { get; set; } = "";

    /// <summary>Its own scores.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ScoreRecord> Scores { get; set; } = [];

    /// <summary>A score was given.</summary>
    [Parameter]
    public EventCallback OnScored { get; set; }

    /// <summary>How many notes there are.</summary>
    [Parameter]
    public int Count { get; set; }

    /// <summary>There are more or fewer notes.</summary>
    [Parameter]
    public EventCallback<int> CountChanged { get; set; }

    private ViewerClock Clock => clock;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read == SessionId)
            return;
        _read = SessionId;
        await TryAsync(async () =>
        {
            _configs = (await configs.ListAsync(Project, new PageRequest(1, Most), CancellationToken.None)).Items;
            await ReadNotesAsync();
        });
    }

    private async Task ReadNotesAsync()
    {
        var page = await comments.ListAsync(
            Project, new CommentListQuery(new PageRequest(1, Most), CommentObject.Session, SessionId), CancellationToken.None);
        _notes = page.Items;
        await CountChanged.InvokeAsync((int)page.TotalItems);
    }

    private Task ScoreAsync() => TryAsync(async () =>
    {
        var now = time.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        var id = Guid.NewGuid().ToString();
        var score = new ScoreEvent
        {
            EventId = id,
            Timestamp = now,
            ScoreId = id,
            Name = _name.Trim(),
            DataType = _type,
            Value = _type switch { ScoreDataType.Numeric => _number, ScoreDataType.Boolean => _yes ? 1 : 0, _ => null },
            StringValue = _type == ScoreDataType.Categorical ? _text.Trim() : null,
            Source = ScoreSource.Annotation,
            Comment = _why.Trim() is { Length: > 0 } why ? why : null,
        };
        if (score.Name.Length == 0 || score.StringValue is { Length: 0 } || score.Value is { } value && !double.IsFinite(value))
        {
            _problem = "A score needs a name and a value.";
            return;
        }
        if (_configs.FirstOrDefault(c => c.Name == score.Name) is { } config)
        {
            var verdict = await rules.CheckAsync(Project, score with { ConfigId = config.Id }, typeIsSaid: true, CancellationToken.None);
            if (verdict.Score is not { } fits)
            {
                _problem = verdict.Refusal;
                return;
            }
            score = fits;
        }
        await grains.GetGrain<ITraceGrain>(GrainKey.ForStream(Project, StreamId.ForSession(SessionId))).AppendAsync(new StreamAppend([score], now));
        _why = "";
        await OnScored.InvokeAsync();
    });

    private Task CommentAsync() => TryAsync(async () =>
    {
        if (_note.Trim() is not { Length: > 0 and <= CommentRecord.MaxContentLength } note)
        {
            _problem = "A note needs words.";
            return;
        }
        await comments.AddAsync(Project, CommentObject.Session, SessionId, note, null, CancellationToken.None);
        _note = "";
        await ReadNotesAsync();
    });

    private async Task TryAsync(Func<Task> act)
    {
        (_problem, _busy) = (null, true);
        try
        {
            await act();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _problem = "That did not work just now; what was written is still here.";
        }
        _busy = false;
    }
}
