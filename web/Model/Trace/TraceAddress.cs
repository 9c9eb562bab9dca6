namespace Actors.Web.Model.Trace;

/// <summary>The ways to look at the spans of a trace.</summary>
public enum SpanLook
{
    /// <summary>Bars over time.</summary>
    Waterfall,

    /// <summary>A compact tree with numbers.</summary>
    Tree,

    /// <summary>Steps and what they led to.</summary>
    Graph,

    /// <summary>Everything by time.</summary>
    Log,
}

/// <summary>Everything about a trace's page that its address holds; what is usual is left out.</summary>
public sealed record TraceAddress
{
    /// <summary>The chosen span; empty: the trace itself.</summary>
    public string Span { get; init; } = TraceViewModel.RootId;

    /// <summary>The chosen tab.</summary>
    public string Tab { get; init; } = DetailTab.Chat;

    /// <summary>How the spans are looked at.</summary>
    public SpanLook Look { get; init; }

    /// <summary>The spans that are looked for.</summary>
    public SpanFilter Filter { get; init; }

    /// <summary>Whether the critical path is drawn.</summary>
    public bool CriticalPath { get; init; }

    /// <summary>Whether idle gaps are drawn short.</summary>
    public bool ShortGaps { get; init; }

    /// <summary>Whether the graph has a node for each call.</summary>
    public bool Calls { get; init; }

    /// <summary>The trace that this one is compared with; null: none.</summary>
    public string? Compare { get; init; }

    /// <summary>What the list was narrowed to from which the trace was opened, without a question mark; null: nothing.</summary>
    public string? List { get; init; }

    /// <summary>Reads the look of an address; anything unknown is the usual.</summary>
    public static SpanLook LookOf(string? text) => text switch
    {
        "tree" => SpanLook.Tree,
        "graph" => SpanLook.Graph,
        "log" => SpanLook.Log,
        _ => SpanLook.Waterfall,
    };

    /// <summary>The query, with its question mark; empty when everything is usual.</summary>
    public string ToQuery()
    {
        var parts = new List<string>();
        Add("span", Span);
        Add("view", Look == SpanLook.Waterfall ? null : Look.ToString().ToLowerInvariant());
        Add("tab", Tab == DetailTab.Chat ? null : Tab);
        Add("find", Filter.Text);
        Add("level", Filter.Level);
        Add("path", CriticalPath ? "critical" : null);
        Add("gaps", ShortGaps ? "short" : null);
        Add("steps", Calls ? "calls" : null);
        Add("cmp", Compare);
        if (List is { Length: > 0 })
            parts.Add(List);
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);

        void Add(string name, string? value)
        {
            if (value is { Length: > 0 })
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
        }
    }
}
