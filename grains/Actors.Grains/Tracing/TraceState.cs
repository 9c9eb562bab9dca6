using System.Globalization;
using Actors.Tracing;

namespace Actors.Grains.Tracing;

/// <summary>The trace's own fields as folded so far (langfuse-semantics §1: which field follows which rule).</summary>
internal sealed class TraceState
{
    private SortedSet<string>? _tags;

    public EventOrder? Newest { get; private set; }

    /// <summary>The time of the first event; null: the trace was never described.</summary>
    public DateTimeOffset? FirstTimestamp { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    public string? Name { get; private set; }

    public string? UserId { get; private set; }

    public string? SessionId { get; private set; }

    public string? Release { get; private set; }

    public string? Version { get; private set; }

    public string? Environment { get; private set; }

    public bool Public { get; private set; }

    public bool Bookmarked { get; private set; }

    public IReadOnlyList<string> Tags { get; private set; } = [];

    public string? Metadata { get; private set; }

    public string? Input { get; private set; }

    public string? Output { get; private set; }

    public int TextLength => (Metadata?.Length ?? 0) + (Input?.Length ?? 0) + (Output?.Length ?? 0);

    public void Apply(TraceEvent e, LogText text)
    {
        Newest = EventOrder.Of(e);
        FirstTimestamp ??= e.Timestamp;
        StartedAt ??= e.StartedAt;
        Environment ??= e.Environment;
        Name = Overwrite(Name, e.Name, e.Cleared, ClearedFields.Name);
        UserId = Overwrite(UserId, e.UserId, e.Cleared, ClearedFields.UserId);
        SessionId = Overwrite(SessionId, e.SessionId, e.Cleared, ClearedFields.SessionId);
        Release = Overwrite(Release, e.Release, e.Cleared, ClearedFields.Release);
        Version = Overwrite(Version, e.Version, e.Cleared, ClearedFields.Version);
        Public = e.Public ?? Public;
        Bookmarked = e.Bookmarked ?? Bookmarked;
        ChangeTags(e.RemovedTags, e.Tags);
        if (text == LogText.With)
        {
            Metadata = JsonMerge.Merge(Metadata, e.Metadata);
            Input = OverwriteText(Input, e.Input);
            Output = OverwriteText(Output, e.Output);
        }
    }

    internal static string? Overwrite(string? stored, string? said, ClearedFields cleared, ClearedFields field) =>
        said ?? ((cleared & field) == 0 ? stored : null);

    /// <summary>An input or output that says nothing (<c>""</c>, <c>0</c>, <c>false</c>) stands only until something is known.</summary>
    internal static string? OverwriteText(string? stored, string? said) =>
        said is null or "null" || (stored is not null && SaysNothing(said)) ? stored : said;

    internal static bool SaysNothing(string json) =>
        json is "" or "\"\"" or "false" ||
        ((char.IsAsciiDigit(json[0]) || json[0] == '-') &&
            double.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == 0);

    private void ChangeTags(IReadOnlyList<string> removed, IReadOnlyList<string> added)
    {
        if (removed.Count + added.Count == 0)
        {
            return;
        }

        _tags ??= new SortedSet<string>(StringComparer.Ordinal);
        _tags.ExceptWith(removed);
        _tags.UnionWith(added);
        Tags = [.. _tags];
    }
}
