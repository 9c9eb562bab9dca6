using Actors.Queries;

namespace Actors.Web.Model.Live;

/// <summary>Something that changed, as the strip and the charts show it.</summary>
/// <param name="Key">Stable name.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What kind, as a word of the style sheet.</param>
/// <param name="Label">What kind, for people.</param>
/// <param name="Text">What it is.</param>
/// <param name="Title">The whole of it.</param>
/// <param name="Href">All of it since.</param>
/// <param name="First">The first time.</param>
/// <param name="Count">How often since.</param>
public sealed record LiveMark(
    string Key, DateTimeOffset At, string Kind, string Label, string Text, string? Title, string Href, string First, long Count);

/// <summary>What changed lately, newest first: joined from answers about some kinds each.</summary>
public sealed class LiveMarks
{
    private readonly Dictionary<(ChangeKinds Kind, string Value, string? Name), Change> _known = [];
    private IReadOnlyList<LiveMark>? _shown;

    /// <summary>Takes what an answer says about the kinds that were asked for; what it does not name any more has left the time.</summary>
    public void Take(ChangeKinds kinds, Changes answer)
    {
        foreach (var old in _known.Keys.Where(k => kinds.HasFlag(k.Kind)).ToList())
            _known.Remove(old);
        foreach (var change in answer.Items)
            _known[(change.Kind, change.Value, change.Name)] = change;
        _shown = null;
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _known.Clear();
        _shown = null;
    }

    /// <summary>Whether a failure is new.</summary>
    public bool IsNew(Failure failure) => _known.ContainsKey((ChangeKinds.Error, failure.Pattern, failure.Name));

    /// <summary>What is shown, newest first; the same list until something changes.</summary>
    public IReadOnlyList<LiveMark> Show(LiveLinks links, DateTimeOffset now) => _shown ??=
        [.. _known.Values.OrderByDescending(c => c.At).ThenBy(c => c.Kind).ThenBy(c => c.Value, StringComparer.Ordinal).Take(ChangesQuery.MaxChanges).Select(c => Mark(c, links, now))];

    private static LiveMark Mark(Change change, LiveLinks links, DateTimeOffset now)
    {
        var (kind, label) = change.Kind switch
        {
            ChangeKinds.Error => ("error", "New error"),
            ChangeKinds.Model => ("model", "New model"),
            ChangeKinds.PromptVersion => ("prompt", "New prompt version"),
            _ => ("release", "New release"),
        };
        var text = change.Kind != ChangeKinds.Error ? change.Value
            : change.Message is { Length: > 0 } message ? change.Name is { } name ? $"{name}: {message}" : message
            : change.Name ?? "without a name";
        return new LiveMark(
            $"{kind}:{change.Value}:{change.Name}", change.At, kind, label, text, $"{label}: {text}",
            links.Change(change, now), links.Trace(change.TraceId, change.ObservationId), change.Count);
    }
}
