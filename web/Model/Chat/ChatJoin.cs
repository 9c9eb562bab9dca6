namespace Actors.Web.Model.Chat;

/// <summary>Makes a conversation shorter to read.</summary>
public static class ChatJoin
{
    /// <summary>
    /// Moves every result of a tool to the call it answers: the first call of its id before it that has no result yet. Results
    /// without a call stay where they are.
    /// </summary>
    public static List<ChatMessage> Results(IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var answers = new Dictionary<ChatPart, ChatPart>(ReferenceEqualityComparer.Instance);
        var moved = new HashSet<ChatPart>(ReferenceEqualityComparer.Instance);
        var open = new Dictionary<string, Queue<ChatPart>>();
        foreach (var part in messages.SelectMany(m => m.Parts).Where(p => p.CallId is not null))
        {
            if (part.Kind == ChatPartKind.ToolCall)
            {
                if (!open.TryGetValue(part.CallId!, out var calls))
                    open.Add(part.CallId!, calls = new());
                calls.Enqueue(part);
            }
            else if (part.Kind == ChatPartKind.ToolResult && open.TryGetValue(part.CallId!, out var waiting) && waiting.TryDequeue(out var call))
            {
                answers.Add(call, part);
                moved.Add(part);
            }
        }
        if (moved.Count == 0)
            return [.. messages];

        return
        [
            .. messages
                .Where(m => m.Parts.Count == 0 || !m.Parts.All(moved.Contains))
                .Select(m => m.Parts.Any(p => moved.Contains(p) || answers.ContainsKey(p))
                    ? m with { Parts = [.. m.Parts.Where(p => !moved.Contains(p)).Select(p => answers.TryGetValue(p, out var answer) ? p with { Answer = answer } : p)] }
                    : m),
        ];
    }

    /// <summary>
    /// How many messages at the beginning of a conversation were already in the previous call and its answer. At least one
    /// message is always new: a call that says the same again is read as its last message.
    /// </summary>
    public static int Seen(IReadOnlyList<ChatMessage> previous, IReadOnlyList<ChatMessage> current)
    {
        ArgumentNullException.ThrowIfNull(previous);
        ArgumentNullException.ThrowIfNull(current);
        var seen = 0;
        while (seen < previous.Count && seen < current.Count - 1 && IsSame(previous[seen], current[seen]))
            seen++;
        return seen;
    }

    private static bool IsSame(ChatMessage a, ChatMessage b) =>
        a.Role == b.Role && a.Parts.Count == b.Parts.Count
        && a.Parts.Zip(b.Parts).All(p => p.First.Kind == p.Second.Kind && p.First.Text == p.Second.Text && p.First.CallId == p.Second.CallId);
}
