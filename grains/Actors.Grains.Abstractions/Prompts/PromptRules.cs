using System.Text.RegularExpressions;

namespace Actors.Prompts;

/// <summary>What names, labels and texts of prompts may be (langfuse-api §0.6 and §11).</summary>
public static partial class PromptRules
{
    /// <summary>The label of the newest version; it moves by itself.</summary>
    public const string Latest = "latest";

    /// <summary>The label of the version that is answered when none is asked for.</summary>
    public const string Production = "production";

    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 255;

    /// <summary>The longest label, in characters.</summary>
    public const int MaxLabelLength = 36;

    /// <summary>The longest commit message, in characters.</summary>
    public const int MaxCommitMessageLength = 500;

    /// <summary>The longest tag, in characters.</summary>
    public const int MaxTagLength = 500;

    /// <summary>The most labels in one request, and the most tags of a name.</summary>
    public const int MaxListLength = 100;

    /// <summary>The most messages of a chat prompt.</summary>
    public const int MaxMessages = 1000;

    /// <summary>How many prompts may embed one another in a row, the outermost one included.</summary>
    public const int MaxDepth = 5;

    /// <summary>How many prompts one prompt may embed, directly and through others.</summary>
    public const int MaxEmbedded = 100;

    /// <summary>The longest content with everything that it embeds, in characters.</summary>
    public const int MaxResolvedLength = 8_000_000;

    private static readonly string[] ReservedNames = ["new", "metrics", "prompt-detail"];

    /// <summary>What is wrong with a name; null: nothing.</summary>
    public static string? CheckName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name switch
        {
            _ when name.Length is 0 or > MaxNameLength => $"a prompt's name has 1 to {MaxNameLength} characters",
            _ when name.Contains('|', StringComparison.Ordinal) => "a prompt's name has no '|'",
            _ when name.Any(char.IsControl) => "a prompt's name has no control characters",
            _ when name.StartsWith('/') || name.EndsWith('/') || name.Contains("//", StringComparison.Ordinal) =>
                "every folder of a prompt's name has a name",
            _ when ReservedNames.Contains(name, StringComparer.Ordinal) => $"'{name}' is reserved",
            _ => null,
        };
    }

    /// <summary>What a label may be: 1 to <see cref="MaxLabelLength"/> of these characters.</summary>
    [GeneratedRegex(@"^[a-z0-9_\-.]+\z")]
    public static partial Regex LabelPattern();

    /// <summary>The names of the variables in a text: <c>{{name}}</c>.</summary>
    public static IEnumerable<string> FindVariables(string text) => VariablePattern().Matches(text).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"\{\{\s*([A-Za-z][A-Za-z0-9_]*)\s*\}\}")]
    private static partial Regex VariablePattern();
}
