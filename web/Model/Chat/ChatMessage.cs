namespace Actors.Web.Model.Chat;

/// <summary>What a part of a message is.</summary>
public enum ChatPartKind
{
    /// <summary>Words, written in Markdown by most models.</summary>
    Text,

    /// <summary>What the model thought before it answered.</summary>
    Thinking,

    /// <summary>The model asks for a tool: arguments in <see cref="ChatPart.Text"/>, as JSON.</summary>
    ToolCall,

    /// <summary>What the tool gave back.</summary>
    ToolResult,

    /// <summary>A picture, file or sound. What is not of this product is told, never loaded.</summary>
    Media,

    /// <summary>Something of an unknown shape, as JSON.</summary>
    Json,
}

/// <summary>One part of a message.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The words, arguments, result, or JSON.</param>
/// <param name="Name">The tool, when known.</param>
/// <param name="CallId">Joins a call with its result.</param>
public sealed record ChatPart(ChatPartKind Kind, string Text, string? Name = null, string? CallId = null)
{
    /// <summary>The file of a <see cref="ChatPartKind.Media"/> that can be shown; null: it is elsewhere.</summary>
    public MediaReference? Media { get; init; }

    /// <summary>The result of a <see cref="ChatPartKind.ToolCall"/>, when <see cref="ChatJoin"/> has found it.</summary>
    public ChatPart? Answer { get; init; }
}

/// <summary>One message, whatever provider wrote it.</summary>
/// <param name="Role">system, user, assistant, tool, or the provider's own word.</param>
/// <param name="Parts">In the order they were sent.</param>
/// <param name="Name">The author's or tool's name, when said.</param>
public sealed record ChatMessage(string Role, IReadOnlyList<ChatPart> Parts, string? Name = null);
