namespace Actors.Contracts;

/// <summary>Which part of a project is counted. All that is said must hold; nothing said: the whole project.</summary>
public abstract record LivePart
{
    /// <summary>In the readable language of filters, for example <c>env:production model:gpt-4o,gpt-4o-mini</c>.</summary>
    public string? Filter { get; init; }

    /// <summary>One session.</summary>
    public string? Session { get; init; }

    /// <summary>One user.</summary>
    public string? User { get; init; }

    /// <summary>One prompt by name.</summary>
    public string? Prompt { get; init; }
}

/// <summary>Asks for numbers and feeds: the argument of the hub's <c>Watch</c>.</summary>
public sealed record LiveSubscribe : LivePart
{
    /// <summary>Rolling windows: <c>1m</c>, <c>5m</c>, <c>15m</c>, <c>1h</c>, <c>24h</c>, <c>all</c>. Default <c>1m</c>.</summary>
    public IReadOnlyList<string>? Windows { get; init; }

    /// <summary>
    /// Series beside the total: <c>model</c>, <c>traceName</c>, <c>environment</c>, <c>release</c>, <c>promptVersion</c>, <c>tool</c>.
    /// Default none.
    /// </summary>
    public IReadOnlyList<string>? By { get; init; }

    /// <summary>Whether the windows before, and the same ones yesterday, are told too. Default false.</summary>
    public bool? Compare { get; init; }

    /// <summary>Whether it is told how numeric scores are distributed. Default false.</summary>
    public bool? Distributions { get; init; }

    /// <summary>Whether the seconds of the last five minutes are told, of the total and, by <c>model</c>, of models. Default false.</summary>
    public bool? Points { get; init; }

    /// <summary>How many of the latest traces are told, 0 to 50. Default 0.</summary>
    public int? Feed { get; init; }

    /// <summary>Whether scores are told as they come. Default false.</summary>
    public bool? Scores { get; init; }

    /// <summary>At most so many messages per second, 1 to 10. Default 2.</summary>
    public int? Rate { get; init; }
}

/// <summary>Asks which values stand out: the argument of the hub's <c>WatchTop</c>.</summary>
public sealed record LiveTopSubscribe : LivePart
{
    /// <summary><c>user</c>, <c>session</c>, <c>prompt</c>, <c>model</c>, <c>traceName</c>, <c>environment</c>, <c>release</c>, <c>promptVersion</c> or <c>tool</c>.</summary>
    public string? By { get; init; }

    /// <summary>By what: <c>cost</c>, <c>count</c> or <c>errors</c>. Default <c>cost</c>.</summary>
    public string? Order { get; init; }

    /// <summary>Over which time: <c>1m</c>, <c>5m</c>, <c>15m</c>, <c>1h</c>, <c>24h</c> or <c>all</c>. Default <c>1h</c>.</summary>
    public string? Window { get; init; }

    /// <summary>How many, 1 to 100. Default 10.</summary>
    public int? Limit { get; init; }
}

/// <summary>A token that opens live numbers and nothing else.</summary>
/// <param name="Token">To be given as <c>access_token</c> in the URL, or as a bearer token.</param>
/// <param name="ExpiresAt">When it ends, and every stream that it opened with it.</param>
public sealed record LiveTokenBody(string Token, DateTimeOffset ExpiresAt);
