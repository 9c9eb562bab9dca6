using Actors.Tracing;

namespace Actors.Web.Model.People;

/// <summary>
/// Reads the traces of a session as one conversation: of each turn only what it adds, for many applications send the whole
/// history again with every question.
/// </summary>
public static class Conversation
{
    /// <summary>What is known of a turn before it is read in its place.</summary>
    /// <param name="Trace">The trace, with its texts.</param>
    /// <param name="Input">What went in; null: no conversation.</param>
    /// <param name="Output">What came out; null: no conversation.</param>
    /// <param name="IsClosed">The texts have not been read.</param>
    public readonly record struct Part(TraceRecord Trace, IReadOnlyList<ChatMessage>? Input, IReadOnlyList<ChatMessage>? Output, bool IsClosed);

    /// <summary>The turns in their order.</summary>
    /// <param name="parts">By the time at which they began.</param>
    /// <param name="before">How many turns come before them.</param>
    /// <param name="scores">Of all turns, by trace.</param>
    /// <param name="handOvers">What gave the conversation to somebody else, by trace.</param>
    public static IReadOnlyList<Turn> Read(
        IReadOnlyList<Part> parts, int before, ILookup<string, ScoreRecord> scores, IReadOnlyDictionary<string, string> handOvers)
    {
        var turns = new List<Turn>(parts.Count);
        var asked = new RepeatedQuestions();
        List<string> known = [];
        foreach (var (trace, input, output, isClosed) in parts)
        {
            var number = before + turns.Count + 1;
            var repeats = input is null ? 0 : CountKnown(input, known);
            IReadOnlyList<ChatMessage>? added = input is null && output is null ? null : [.. (input ?? []).Skip(repeats), .. output ?? []];
            var question = Words(added?.Where(m => m.Role == "user"));
            var low = scores[trace.Id].FirstOrDefault(LowScores.IsLow);
            var askedIn = asked.Find(question, number);
            var handOver = handOvers.GetValueOrDefault(trace.Id);
            turns.Add(new Turn
            {
                Trace = trace,
                Number = number,
                Scores = [.. scores[trace.Id]],
                // An input that is none and an output that is one, or the other way round: both are shown as they were sent.
                Messages = (input is null && trace.Input is not null) || (output is null && trace.Output is not null) ? null : added,
                Repeats = repeats,
                IsClosed = isClosed,
                Question = question,
                LowScore = low,
                AskedIn = askedIn,
                HandOver = handOver,
                Marks = (trace.Summary.Errors > 0 ? TurnMarks.Error : 0) | (low is null ? 0 : TurnMarks.LowScore)
                    | (askedIn is null ? 0 : TurnMarks.Repeated) | (handOver is null ? 0 : TurnMarks.HandOver),
            });
            if (!isClosed)
                known = [.. (input ?? []).Concat(output ?? []).Select(Print)];
        }
        return turns;
    }

    /// <summary>The words of some messages.</summary>
    public static string Words(IEnumerable<ChatMessage>? messages) =>
        string.Join('\n', (messages ?? []).SelectMany(m => m.Parts).Where(p => p.Kind == ChatPartKind.Text).Select(p => p.Text));

    // A history may have been cut at its beginning, so the messages need not begin where the turn before began. The last one is
    // what this turn is about, even when it says the same as an earlier one.
    private static int CountKnown(IReadOnlyList<ChatMessage> input, List<string> known)
    {
        var (count, place) = (0, 0);
        while (count < input.Count - 1)
        {
            var found = known.IndexOf(Print(input[count]), place);
            if (found < 0)
                break;
            place = found + 1;
            count++;
        }
        return count;
    }

    // What came out as an answer comes back in as history, often with less said about it.
    private static string Print(ChatMessage message) =>
        message.Role + '\n' + string.Join('\n', message.Parts.Where(p => p.Kind != ChatPartKind.Thinking).Select(p => $"{p.Kind}:{p.Text.Trim()}"));
}
