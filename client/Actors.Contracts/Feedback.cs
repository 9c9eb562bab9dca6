namespace Actors.Contracts;

/// <summary>What a project takes from those who show its public key alone.</summary>
/// <param name="AllowedOrigins">
/// The origins of pages, such as <c>https://app.example.com</c>, or <c>https://*.example.com</c> for all names below one; empty: any.
/// </param>
/// <param name="ScoresPerMinutePerKey">The most scores of one public key in a minute.</param>
/// <param name="ScoresPerMinutePerAddress">The most scores of one address in a minute.</param>
public sealed record FeedbackPolicyBody(IReadOnlyList<string> AllowedOrigins, int ScoresPerMinutePerKey, int ScoresPerMinutePerAddress);
