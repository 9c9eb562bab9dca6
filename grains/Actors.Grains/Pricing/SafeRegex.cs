using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Actors.Grains.Pricing;

/// <summary>
/// A regular expression that somebody else wrote, applied to a text that somebody else wrote: it is built on first
/// use, runs in linear time where the pattern allows it, gives up after a time limit, and sees short texts only.
/// </summary>
internal sealed class SafeRegex
{
    public const int MaxPatternLength = 2_000;
    public const int MaxTextLength = 512;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(20);

    private readonly Lazy<Regex> _regex;

    private SafeRegex(string pattern, Func<Regex> build)
    {
        Pattern = pattern;
        _regex = new(build, LazyThreadSafetyMode.PublicationOnly);
    }

    public string Pattern { get; }

    /// <summary>For patterns that ship with us: they are known to be linear, so the cheaper engine does.</summary>
    public static SafeRegex OfTrusted(string pattern) =>
        new(pattern, () => new(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeLimit));

    public static bool TryCreate(
        string pattern, bool ignoreCase, [NotNullWhen(true)] out SafeRegex? regex, [NotNullWhen(false)] out string? error)
    {
        (regex, error) = (null, null);
        if (pattern.Length is 0 or > MaxPatternLength)
        {
            error = $"A pattern has 1 to {MaxPatternLength} characters; this one has {pattern.Length}.";
            return false;
        }
        var options = RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        try
        {
            var built = Build(pattern, options);
            regex = new(pattern, () => built);
            return true;
        }
        catch (ArgumentException wrong)
        {
            error = $"'{pattern}' is not a regular expression: {wrong.Message}";
            return false;
        }
    }

    public bool IsMatch(string text)
    {
        if (text.Length > MaxTextLength)
        {
            return false;
        }
        try
        {
            return _regex.Value.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            // A pattern that cannot decide in time prices nothing; it must not stop the events around it.
            return false;
        }
    }

    private static Regex Build(string pattern, RegexOptions options)
    {
        try
        {
            return new(pattern, options | RegexOptions.NonBacktracking, TimeLimit);
        }
        catch (NotSupportedException)
        {
            // Look-arounds and back-references exist only in the backtracking engine, where the time limit guards.
            return new(pattern, options, TimeLimit);
        }
    }
}
