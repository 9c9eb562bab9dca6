using System.Text.RegularExpressions;

namespace Actors.Grains.Pricing;

/// <summary>
/// Matches usage keys against the pattern of a condition. Nearly all patterns are a choice of plain words
/// (<c>input|cached</c>), for which a substring search replaces the regular expression on the hot path.
/// </summary>
internal sealed partial class KeyPattern
{
    private readonly string[]? _words;
    private readonly StringComparison _comparison;
    private readonly SafeRegex? _regex;

    public KeyPattern(string pattern, bool caseSensitive)
    {
        _comparison = caseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        var words = ChoiceOfWords().Match(pattern);
        if (words.Success)
        {
            _words = words.Groups["words"].Value.Split('|');
            return;
        }
        if (!SafeRegex.TryCreate(pattern, ignoreCase: !caseSensitive, out _regex, out var error))
        {
            throw new ArgumentException(error, nameof(pattern));
        }
    }

    public bool IsMatch(string key)
    {
        if (_words is null)
        {
            return _regex!.IsMatch(key);
        }
        foreach (var word in _words)
        {
            if (key.Contains(word, _comparison))
            {
                return true;
            }
        }
        return false;
    }

    [GeneratedRegex(@"^(?<open>\()?(?<words>\w+(\|\w+)*)(?(open)\))$", RegexOptions.CultureInvariant)]
    private static partial Regex ChoiceOfWords();
}
