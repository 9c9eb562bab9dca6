using System.Globalization;
using System.Text;
using Actors.Web.Ingestion;

namespace Actors.Web.Otlp;

/// <summary>
/// Lists that were flattened into attributes: <c>prefix.0.role</c>, <c>prefix.0.content</c>,
/// <c>prefix.0.tool_calls.1.name</c> and so on become nested lists and objects again.
/// </summary>
internal static class FlattenedMessages
{
    private const int MaxNodes = 100_000;
    private const int MaxIndex = 10_000;

    /// <summary>The value as JSON text; null: no attribute begins with the prefix.</summary>
    public static string? Read(OtlpAttributeSet attributes, string prefix)
    {
        if (attributes.Json(prefix) is { } whole && whole != "\"\"")
        {
            return whole;
        }

        var root = new Node();
        var nodes = 0;
        foreach (var (path, value) in attributes.Below(prefix + "."))
        {
            var parts = path.Split('.', JsonText.MaxDepth / 2);
            if (!Array.Exists(parts, IsIgnored) && (nodes += parts.Length) <= MaxNodes)
            {
                root.Place(parts).Json = value.AsParsedJson();
            }
        }

        if (root.Children.Count == 0)
        {
            return null;
        }

        var text = new StringBuilder();
        root.Write(text);
        return text.ToString();
    }

    // The names would harm whoever builds a JavaScript object of them.
    private static bool IsIgnored(string part) => part is "__proto__" or "constructor" or "prototype" || Index(part) > MaxIndex;

    private static int? Index(string part) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    private sealed class Node
    {
        public string? Json { get; set; }

        public Dictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        /// <summary>The node at the path, made where it is not there yet.</summary>
        public Node Place(string[] path)
        {
            var node = this;
            foreach (var part in path)
            {
                if (!node.Children.TryGetValue(part, out var child))
                {
                    node.Children.Add(part, child = new Node());
                }

                node = child;
            }

            return node;
        }

        public void Write(StringBuilder text)
        {
            if (Children.Count == 0)
            {
                text.Append(Json ?? "null");
            }
            else if (Children.Keys.All(k => Index(k) is not null))
            {
                WriteList(text);
            }
            else
            {
                WriteObject(text);
            }
        }

        private void WriteList(StringBuilder text)
        {
            text.Append('[');
            var first = true;
            foreach (var (_, child) in Children.OrderBy(c => Index(c.Key)))
            {
                text.Append(first ? "" : ",");
                child.Write(text);
                first = false;
            }

            text.Append(']');
        }

        private void WriteObject(StringBuilder text)
        {
            text.Append('{');
            var first = true;
            foreach (var (key, child) in Children)
            {
                text.Append(first ? "" : ",").Append(JsonText.Quote(key)).Append(':');
                child.Write(text);
                first = false;
            }

            text.Append('}');
        }
    }
}
