using System.Text.RegularExpressions;
using Actors.Prompts;

namespace Actors.Web.Api.Prompts;

/// <summary>Reads a new version of a prompt and checks it (langfuse-api §11).</summary>
internal static partial class PromptBodyReader
{
    /// <summary>The version; null when <paramref name="body"/> says what is wrong.</summary>
    public static NewPrompt? Read(BodyReader body)
    {
        var name = body.Text("name", required: true);
        if (name is not null && PromptRules.CheckName(name) is { } problem)
        {
            body.Refuse("custom", "name", $"Invalid input: {problem}");
        }

        var type = body.OneOf("type", ParseType, "text, chat") ?? PromptType.Text;
        if (type == PromptType.Text)
        {
            body.Text("prompt", required: true);
        }
        else
        {
            CheckMessages(body);
        }

        var prompt = new NewPrompt
        {
            Name = name ?? "",
            Type = type,
            Content = body.Json("prompt") ?? "",
            Config = body.Json("config") is { } config and not "null" ? config : "{}",
            Labels = ReadLabels(body, "labels"),
            Tags = body.Texts("tags", maxCount: PromptRules.MaxListLength, maxLength: PromptRules.MaxTagLength),
            CommitMessage = body.Text("commitMessage", max: PromptRules.MaxCommitMessageLength),
        };
        return body.Problem is null ? prompt : null;
    }

    /// <summary>A list of labels; empty when absent or wrong.</summary>
    public static IReadOnlyList<string> ReadLabels(BodyReader body, string name, bool required = false)
    {
        var labels = body.Texts(name, required, PromptRules.MaxListLength, PromptRules.MaxLabelLength) ?? [];
        if (labels.Any(l => !PromptRules.LabelPattern().IsMatch(l)))
        {
            body.Refuse("invalid_format", name, "Label must be lowercase alphanumeric with optional underscores, hyphens, or periods");
        }

        return labels;
    }

    private static PromptType? ParseType(string text) => text switch
    {
        "text" => PromptType.Text,
        "chat" => PromptType.Chat,
        _ => null,
    };

    private static void CheckMessages(BodyReader body)
    {
        foreach (var message in body.Objects("prompt", required: true, maxCount: PromptRules.MaxMessages) ?? [])
        {
            if (message.OneOf("type", ParseIsPlaceholder, "chatmessage, placeholder") is true)
            {
                message.Text("name", required: true, max: PromptRules.MaxNameLength, pattern: PlaceholderPattern(), format: PlaceholderFormat);
                if (message.Has("content"))
                {
                    message.Refuse("unrecognized_keys", "content", "Invalid input: a placeholder has no content");
                }
            }
            else
            {
                message.Text("role", required: true);
                message.Text("content", required: true);
            }
        }
    }

    private static bool? ParseIsPlaceholder(string text) => text switch
    {
        "placeholder" => true,
        "chatmessage" => false,
        _ => null,
    };

    private const string PlaceholderFormat = "a name of letters, digits and underscores that starts with a letter";

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]*\z")]
    private static partial Regex PlaceholderPattern();
}
