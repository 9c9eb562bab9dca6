using System.Globalization;
using System.Text.RegularExpressions;
using Actors.Prompts;

namespace Actors.Storage.Prompts;

/// <summary>
/// A prompt named in the text of another: <c>@@@langfusePrompt:name=N|version=V@@@</c> or <c>…|label=L@@@</c>
/// (langfuse-semantics §11). What only looks like it is text.
/// </summary>
internal static partial class PromptReference
{
    private const string NameStart = "name=";
    private const string VersionStart = "version=";
    private const string LabelStart = "label=";

    /// <summary>The prompts that a text embeds, each once, in the order of their first place.</summary>
    public static IEnumerable<PromptSelector> Find(string text) =>
        Pattern().Matches(text).Select(m => Parse(m.Groups[1].Value)).OfType<PromptSelector>().Distinct();

    /// <summary>Puts texts in the place of the prompts that a text embeds.</summary>
    public static string Replace(string text, Func<PromptSelector, string> content) => Pattern().Replace(
        text, m => Parse(m.Groups[1].Value) is { } selector ? content(selector) : m.Value);

    private static PromptSelector? Parse(string inner)
    {
        if (inner.Split('|') is not [var name, var which] || !name.StartsWith(NameStart, StringComparison.Ordinal) || name.Length == NameStart.Length)
        {
            return null;
        }

        name = name[NameStart.Length..];
        if (which.StartsWith(VersionStart, StringComparison.Ordinal))
        {
            return int.TryParse(which.AsSpan(VersionStart.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                ? new PromptSelector(name, version)
                : null;
        }

        return which.StartsWith(LabelStart, StringComparison.Ordinal) && which.Length > LabelStart.Length
            ? new PromptSelector(name, Label: which[LabelStart.Length..])
            : null;
    }

    [GeneratedRegex("@@@langfusePrompt:(.*?)@@@")]
    private static partial Regex Pattern();
}
