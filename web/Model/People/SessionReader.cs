using Actors.Queries;
using Actors.Tracing;

namespace Actors.Web.Model.People;

/// <summary>
/// One session as it is looked at: all its turns, the texts of those that are in view, and what changes in them. Only the
/// newest turns come with their texts; earlier ones are read when somebody wants them.
/// </summary>
public sealed class SessionReader(IAnalyticsGrain analytics, string sessionId)
{
    /// <summary>Turns whose texts are read at first, and with every wish for more.</summary>
    public const int Step = 30;

    /// <summary>Longer texts are cut: a person reads them on the page of the trace.</summary>
    public const int TextLimit = 200_000;

    private readonly Dictionary<string, Text> _texts = [];
    private List<TraceRecord> _traces = [];
    private Dictionary<string, string> _handOvers = [];
    private List<ScoreRecord> _scores = [];
    private long _watermark;
    private long _total;
    private string? _show;
    private int _open;

    /// <summary>The session.</summary>
    public string Id => sessionId;

    /// <summary>Its turns in order; null: not read yet.</summary>
    public IReadOnlyList<Turn>? Turns { get; private set; }

    /// <summary>The scores of the session itself.</summary>
    public IReadOnlyList<ScoreRecord> Scores { get; private set; } = [];

    /// <summary>The names of observations that can be shown.</summary>
    public IReadOnlyList<FacetValue> Names { get; private set; } = [];

    /// <summary>What the turns add up to; null: nothing names the session.</summary>
    public TraceGroup? Totals { get; private set; }

    /// <summary>Turns before the first of <see cref="Turns"/>, of sessions that are too long to be told whole.</summary>
    public int Before => (int)Math.Max(0, _total - SessionTurnsQuery.MaxLimit);

    /// <summary>Turns of <see cref="Turns"/> whose texts are not read.</summary>
    public int Closed => Math.Max(0, _traces.Count - _open);

    /// <summary>Something in it has begun and not ended.</summary>
    public bool Running => _traces.Exists(t => t.Summary.Running > 0);

    /// <summary>Reads everything anew; the texts are those of an observation when it is named.</summary>
    public async Task OpenAsync(string? show)
    {
        var facts = new SessionTurnsQuery { SessionId = sessionId, TextLimit = 0 };
        var answer = await analytics.GetSessionTurnsAsync(facts);
        if (answer.Turns.TotalItems > SessionTurnsQuery.MaxLimit)
            answer = await analytics.GetSessionTurnsAsync(facts with { Offset = (int)(answer.Turns.TotalItems - SessionTurnsQuery.MaxLimit) });
        _show = show;
        _texts.Clear();
        _open = Math.Max(_open, Step);
        _traces = [.. answer.Turns.Items];
        (_watermark, _total) = (answer.Watermark, answer.Turns.TotalItems);
        (_scores, _handOvers, Names) = ([.. answer.Scores], new(answer.HandOvers), answer.Names);
        await ReadTextsAsync();
        await FinishAsync();
    }

    /// <summary>Reads what has changed.</summary>
    public async Task FollowAsync()
    {
        if (Turns is null)
        {
            await OpenAsync(_show);
            return;
        }
        var answer = await analytics.GetSessionTurnsAsync(
            new SessionTurnsQuery { SessionId = sessionId, ChangedAfter = _watermark, TextLimit = TextLimit, Show = _show });
        var changed = answer.Turns.Items.Select(t => t.Id).ToHashSet();
        var added = changed.Count(id => !_traces.Exists(t => t.Id == id));
        if (_total + added != answer.Turns.TotalItems || _total + added > SessionTurnsQuery.MaxLimit)
        {
            // A turn has gone, or the window moves.
            await OpenAsync(_show);
            return;
        }

        (_watermark, _total) = (answer.Watermark, answer.Turns.TotalItems);
        _open += added;
        _traces = [.. _traces.Where(t => !changed.Contains(t.Id)).Concat(answer.Turns.Items.Select(WithoutTexts))
            .OrderBy(t => t.Timestamp).ThenBy(t => t.Id, StringComparer.Ordinal)];
        _scores = [.. _scores.Where(s => s.TraceId is { } id && !changed.Contains(id)).Concat(answer.Scores)];
        var open = _traces.Skip(Closed).Select(t => t.Id).ToHashSet();
        foreach (var trace in answer.Turns.Items)
        {
            if (open.Contains(trace.Id))
                _texts[trace.Id] = Text.Of(trace);
            _handOvers.Remove(trace.Id);
        }
        foreach (var (id, name) in answer.HandOvers)
            _handOvers[id] = name;
        await FinishAsync();
    }

    /// <summary>Reads the texts from a turn on.</summary>
    public async Task OpenFromAsync(int number)
    {
        var wanted = _traces.Count - (number - Before - 1);
        if (wanted <= _open)
            return;
        _open = Math.Min(_traces.Count, Math.Max(wanted, _open + Step));
        await ReadTextsAsync();
        Rebuild();
    }

    private async Task ReadTextsAsync()
    {
        var first = Closed;
        var missing = _traces.Skip(first).TakeWhile(t => !_texts.ContainsKey(t.Id)).Count();
        if (missing == 0)
            return;
        var answer = await analytics.GetSessionTurnsAsync(
            new SessionTurnsQuery { SessionId = sessionId, Offset = Before + first, Limit = missing, TextLimit = TextLimit, Show = _show });
        foreach (var trace in answer.Turns.Items)
            _texts[trace.Id] = Text.Of(trace);
    }

    private async Task FinishAsync()
    {
        var page = await analytics.ListTraceGroupsAsync(
            new TraceGroupQuery { Kind = TraceGroupKind.Session, Ids = [sessionId], Limit = 1, WithTotal = false });
        Totals = page.Items is [var totals, ..] ? totals : null;
        Rebuild();
    }

    private void Rebuild()
    {
        Scores = [.. _scores.Where(s => s.TraceId is null)];
        var parts = _traces.ConvertAll(trace => _texts.TryGetValue(trace.Id, out var text)
            ? new Conversation.Part(trace with { Input = text.Input, Output = text.Output }, text.Asked, text.Said, IsClosed: false)
            : new Conversation.Part(trace, null, null, IsClosed: true));
        Turns = Conversation.Read(parts, Before, _scores.Where(s => s.TraceId is not null).ToLookup(s => s.TraceId!), _handOvers);
    }

    private static TraceRecord WithoutTexts(TraceRecord trace) => trace with { Input = null, Output = null, Metadata = null };

    // Parsed once, however often a turn beside it changes.
    private sealed record Text(string? Input, string? Output, IReadOnlyList<ChatMessage>? Asked, IReadOnlyList<ChatMessage>? Said)
    {
        public static Text Of(TraceRecord trace) => new(trace.Input, trace.Output, Parse(trace.Input, "user"), Parse(trace.Output, "assistant"));

        // A text that was cut is no JSON any more.
        private static IReadOnlyList<ChatMessage>? Parse(string? json, string role) => json?.Length == TextLimit ? null : ChatParser.Parse(json, role);
    }
}
