using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Tracing;

namespace Actors.Grains.Tracing;

/// <summary>
/// The place of an event among the events of its entity: by timestamp, creates before updates and deletions, then by the place in its
/// request and by event id. Events that are equal in all of these are told apart by their content, which only a full fold can do.
/// </summary>
internal readonly record struct EventOrder(long Ticks, bool IsUpdate, int Sequence, string EventId) : IComparable<EventOrder>
{
    public static EventOrder Of(StreamEvent e) =>
        new(e.Timestamp.UtcTicks, e is ObservationEvent { IsCreate: false } or ScoreDeletedEvent, e.Sequence, e.EventId);

    public int CompareTo(EventOrder other)
    {
        var byTime = Ticks.CompareTo(other.Ticks);
        if (byTime != 0)
        {
            return byTime;
        }

        var byKind = IsUpdate.CompareTo(other.IsUpdate);
        if (byKind != 0)
        {
            return byKind;
        }

        var bySequence = Sequence.CompareTo(other.Sequence);
        return bySequence != 0 ? bySequence : string.CompareOrdinal(EventId, other.EventId);
    }
}

/// <summary>An event together with the row that brought it.</summary>
internal readonly record struct RowEvent(StreamEvent Event, LogRow Row)
{
    // A value that JSON has no number for must not stop the fold.
    private static readonly JsonSerializerOptions Options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>
    /// The total order of events. What folds without text comes first in the comparison of contents, so that a fold without
    /// text and one with text agree on everything but text; and before that what was said, because counts of tokens depend
    /// on what was known when the event came.
    /// </summary>
    public static int Compare(RowEvent a, RowEvent b)
    {
        var order = EventOrder.Of(a.Event).CompareTo(EventOrder.Of(b.Event));
        if (order != 0)
        {
            return order;
        }

        order = string.CompareOrdinal(Content(Bare(a.Event)), Content(Bare(b.Event)));
        if (order == 0)
        {
            order = string.CompareOrdinal(Content(WithoutText(a.Event)), Content(WithoutText(b.Event)));
        }

        if (order == 0)
        {
            order = string.CompareOrdinal(Content(a.Event), Content(b.Event));
        }

        return order != 0 ? order : a.Row.Version.CompareTo(b.Row.Version);
    }

    /// <summary>Whether two neighbours in the total order say the same thing.</summary>
    public static bool IsRepetition(RowEvent previous, RowEvent next) =>
        EventOrder.Of(previous.Event) == EventOrder.Of(next.Event) && Content(previous.Event) == Content(next.Event);

    /// <summary>Whether the two say the same, whatever their texts are and however these were counted.</summary>
    public static bool IsSameApartFromText(RowEvent a, RowEvent b) =>
        EventOrder.Of(a.Event) == EventOrder.Of(b.Event) && Content(Bare(a.Event)) == Content(Bare(b.Event));

    private static StreamEvent Bare(StreamEvent e) =>
        WithoutText(e) is ObservationEvent o ? o with { InputTokens = null, OutputTokens = null } : WithoutText(e);

    private static StreamEvent WithoutText(StreamEvent e) => e switch
    {
        TraceEvent t => t with { Input = null, Output = null, Metadata = null },
        ObservationEvent o => o with
        {
            Input = null,
            Output = null,
            Metadata = null,
            ModelParameters = null,
            Experiment = o.Experiment?.WithoutText(),
        },
        _ => e,
    };

    private static string Content(StreamEvent e) => JsonSerializer.Serialize(e, e.GetType(), Options);
}
