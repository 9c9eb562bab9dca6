namespace Actors.Connections;

/// <summary>
/// Encrypts secrets before they are stored. The keys outlive the process; a text that was encrypted for one purpose cannot be
/// read for another. Safe for concurrent callers.
/// </summary>
public interface ISecretProtector
{
    /// <summary>The text that may be stored.</summary>
    /// <param name="purpose">What it is for and whose it is.</param>
    /// <param name="secret">The secret.</param>
    string Protect(string purpose, string secret);

    /// <summary>The secret; null when it was protected for another purpose, or its key is gone.</summary>
    string? Unprotect(string purpose, string protectedText);
}
