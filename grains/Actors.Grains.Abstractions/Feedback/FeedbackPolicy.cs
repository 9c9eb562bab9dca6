namespace Actors.Feedback;

/// <summary>
/// What a project takes from those who show its public key alone, which are browsers: everybody who sees the page can read
/// the key.
/// </summary>
public sealed record FeedbackPolicy
{
    /// <summary>The most origins of a project.</summary>
    public const int MaxOrigins = 100;

    /// <summary>The highest limit that can be set.</summary>
    public const int MaxScoresPerMinute = 1_000_000;

    /// <summary>The limit per public key of a project that has set none.</summary>
    public const int DefaultPerKey = 6_000;

    /// <summary>The limit per address of a project that has set none. Many people can share one address.</summary>
    public const int DefaultPerAddress = 600;

    /// <summary>What holds for a project that has set nothing.</summary>
    public static FeedbackPolicy Default { get; } = new();

    /// <summary>Where the pages come from; empty: from anywhere, and from programs that are no page.</summary>
    public IReadOnlyList<OriginPattern> AllowedOrigins { get; init; } = [];

    /// <summary>The most scores of one public key, 1 to <see cref="MaxScoresPerMinute"/>. After a quiet minute all of them may come at once.</summary>
    public int ScoresPerMinutePerKey { get; init; } = DefaultPerKey;

    /// <summary>The same for one address of a client; of IPv6 the first 64 bits count.</summary>
    public int ScoresPerMinutePerAddress { get; init; } = DefaultPerAddress;
}
