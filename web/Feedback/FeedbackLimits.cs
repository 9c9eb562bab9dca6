using Actors.Feedback;

namespace Actors.Web.Feedback;

/// <summary>Why a request with a public key alone was refused.</summary>
internal enum FeedbackRefusal
{
    /// <summary>Its page is of an origin that is not allowed.</summary>
    Origin,

    /// <summary>It names no origin, and not every one is allowed.</summary>
    NoOrigin,

    /// <summary>Its address sends too much.</summary>
    AddressRate,

    /// <summary>Its key sends too much.</summary>
    KeyRate,

    /// <summary>It holds more scores than a minute allows.</summary>
    TooManyAtOnce,
}

/// <summary>A limit that was reached.</summary>
/// <param name="Refusal">Which one.</param>
/// <param name="PerMinute">How many scores it allows.</param>
/// <param name="Wait">After what time it allows them.</param>
internal sealed record FeedbackLimit(FeedbackRefusal Refusal, int PerMinute, TimeSpan Wait);

/// <summary>Counts the scores that come with public keys alone, by key and by address of a project. Safe for concurrent use.</summary>
internal sealed class FeedbackLimits(TimeProvider time)
{
    private const int MaxAddresses = 65_536;

    // Only keys that exist are counted.
    private const int MaxKeys = 8_192;

    private readonly RateTable<(ProjectId Project, UInt128 Network)> _byAddress = new(MaxAddresses, time);
    private readonly RateTable<string> _byKey = new(MaxKeys, time);

    /// <summary>Counts scores; null: they are within the limits. Of what is refused nothing is counted.</summary>
    /// <param name="project">Whose scores.</param>
    /// <param name="publicKey">The key that was shown.</param>
    /// <param name="network">Who sends them.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="scores">How many: at most what either limit allows in a minute.</param>
    public FeedbackLimit? Take(ProjectId project, string publicKey, UInt128 network, FeedbackPolicy policy, int scores)
    {
        // The address first: one that floods shall not use up the key of all others.
        var byAddress = policy.ScoresPerMinutePerAddress;
        if (_byAddress.Take((project, network), scores, byAddress) is var wait && wait > TimeSpan.Zero)
        {
            return new FeedbackLimit(FeedbackRefusal.AddressRate, byAddress, wait);
        }

        wait = _byKey.Take(publicKey, scores, policy.ScoresPerMinutePerKey);
        if (wait <= TimeSpan.Zero)
        {
            return null;
        }

        _byAddress.PutBack((project, network), scores, byAddress);
        return new FeedbackLimit(FeedbackRefusal.KeyRate, policy.ScoresPerMinutePerKey, wait);
    }
}
