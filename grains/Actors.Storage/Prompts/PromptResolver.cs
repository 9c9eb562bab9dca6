using Actors.Prompts;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Prompts;

/// <summary>
/// Puts embedded prompts into a prompt: only texts can be embedded, at most <see cref="PromptRules.MaxDepth"/> in a row, none
/// into itself, and no version of the outermost name into another. One use for one prompt.
/// </summary>
internal sealed class PromptResolver(ControlDbContext database, ProjectId project)
{
    private readonly Dictionary<PromptSelector, Resolved> _resolved = [];
    private readonly Dictionary<string, IReadOnlyList<PromptNode>> _dependencies = [];
    private readonly List<PromptNode> _path = [];

    /// <summary>The content with everything that it embeds, and what that is; or why this cannot be.</summary>
    public async Task<(string Content, PromptGraph? Graph, string? Problem)> ResolveAsync(
        PromptNode root, PromptType type, string content, CancellationToken cancellationToken)
    {
        _path.Add(root);
        var problem = await LoadAsync(root, PromptContent.Texts(type, content), cancellationToken);
        if (problem is not null)
        {
            return (content, null, problem);
        }

        if (_dependencies.Count == 0)
        {
            return (content, null, null);
        }

        long length = content.Length;
        foreach (var text in PromptContent.Texts(type, content))
        {
            length += ExpandedLength(text);
        }

        return length > PromptRules.MaxResolvedLength
            ? (content, null, TooLong)
            : (PromptContent.WithTexts(type, content, Expand), new PromptGraph(root, _dependencies), null);
    }

    private static string TooLong => $"With what it embeds, the prompt is longer than {PromptRules.MaxResolvedLength} characters";

    // Loads and resolves what the texts of a prompt embed. Answers what is wrong with it.
    private async Task<string?> LoadAsync(PromptNode parent, IEnumerable<string> texts, CancellationToken cancellationToken)
    {
        var children = new List<PromptNode>();
        foreach (var selector in texts.SelectMany(PromptReference.Find).Distinct())
        {
            if (!_resolved.TryGetValue(selector, out var child))
            {
                var (loaded, problem) = await LoadAsync(selector, cancellationToken);
                if (loaded is null)
                {
                    return problem;
                }

                child = loaded;
            }
            else if (_path.Count + child.Depth > PromptRules.MaxDepth)
            {
                return TooDeep;
            }

            children.Add(child.Node);
        }

        if (children.Count > 0)
        {
            _dependencies[parent.Id] = children;
        }

        return null;
    }

    private async Task<(Resolved? Child, string? Problem)> LoadAsync(PromptSelector selector, CancellationToken cancellationToken)
    {
        if (_path.Count == PromptRules.MaxDepth)
        {
            return (null, TooDeep);
        }

        if (_resolved.Count == PromptRules.MaxEmbedded)
        {
            return (null, $"More than {PromptRules.MaxEmbedded} prompts are embedded");
        }

        var version = await database.FindVersion(project, selector)
            .Select(v => new { v.Id, v.Version, v.Prompt!.Type, v.Content })
            .FirstOrDefaultAsync(cancellationToken);
        if (version is null)
        {
            return (null, $"Prompt dependency not found: {Describe(selector)}");
        }

        if (version.Type != PromptType.Text)
        {
            return (null, $"Only text prompts can be embedded: {Describe(selector)} is a chat prompt");
        }

        var node = new PromptNode(version.Id, selector.Name, version.Version);
        if (node.Name == _path[0].Name || _path.Contains(node))
        {
            return (null, $"Circular dependency: {string.Join(" → ", _path.Append(node).Select(n => $"{n.Name} v{n.Version}"))}");
        }

        var text = PromptContent.Texts(PromptType.Text, version.Content)[0];
        _path.Add(node);
        if (await LoadAsync(node, [text], cancellationToken) is { } problem)
        {
            return (null, problem);
        }

        _path.RemoveAt(_path.Count - 1);
        var length = ExpandedLength(text);
        if (length > PromptRules.MaxResolvedLength)
        {
            return (null, TooLong);
        }

        var depth = 1 + PromptReference.Find(text).Select(s => _resolved[s].Depth).DefaultIfEmpty(0).Max();
        var child = new Resolved(node, Expand(text), depth);
        _resolved.Add(selector, child);
        return (child, null);
    }

    private static string TooDeep => $"Maximum nesting depth exceeded ({PromptRules.MaxDepth})";

    // A few short texts that embed each other many times would fill the memory, so the length is known before the text is made.
    private long ExpandedLength(string text)
    {
        long embedded = 0;
        PromptReference.Replace(text, selector =>
        {
            embedded += _resolved[selector].Text.Length;
            return "";
        });
        return text.Length + embedded;
    }

    private string Expand(string text) => PromptReference.Replace(text, selector => _resolved[selector].Text);

    private static string Describe(PromptSelector selector) =>
        selector.Version is { } version ? $"'{selector.Name}' version {version}" : $"'{selector.Name}' with label '{selector.Label}'";

    private sealed record Resolved(PromptNode Node, string Text, int Depth);
}
