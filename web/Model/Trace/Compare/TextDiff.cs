using Actors.Web.Model.Json;
using DiffPlex.Chunkers;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Actors.Web.Model.Trace.Compare;

/// <summary>What a piece of a difference is.</summary>
public enum DiffKind
{
    /// <summary>In both texts.</summary>
    Same,

    /// <summary>In the first text only.</summary>
    Removed,

    /// <summary>In the second text only.</summary>
    Added,

    /// <summary>Lines of both texts that are not shown.</summary>
    Skipped,
}

/// <summary>A line of a difference, or a run of lines that both texts have.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The line; of skipped lines how many.</param>
public readonly record struct DiffLine(DiffKind Kind, string Text);

/// <summary>The difference between two inputs or outputs, by lines of their readable forms.</summary>
public static class TextDiff
{
    /// <summary>The most characters of a text that are compared.</summary>
    public const int MaxLength = 200_000;

    // Lines around a change that are shown.
    private const int Context = 3;

    /// <summary>The lines of both, in order; what is alike far from any change is skipped. Empty when both say the same.</summary>
    public static IReadOnlyList<DiffLine> Of(string? left, string? right)
    {
        var model = InlineDiffBuilder.Instance.BuildDiffModel(Readable(left), Readable(right), false, false, LineChunker.Instance);
        var lines = model.Lines.ConvertAll(l => new DiffLine(KindOf(l.Type), l.Text ?? ""));
        return lines.TrueForAll(l => l.Kind == DiffKind.Same) ? [] : Fold(lines);
    }

    /// <summary>JSON indented, the text of a JSON string as it is, other text as it is.</summary>
    public static string Readable(string? json)
    {
        if (string.IsNullOrEmpty(json))
            return "";
        var text = json.Length > MaxLength ? json[..MaxLength] : json;
        return text is ['"', ..] && JsonText.Unquote(text) is { } words ? JsonText.Pretty(words) : JsonText.Pretty(text);
    }

    private static DiffKind KindOf(ChangeType type) => type switch
    {
        ChangeType.Deleted => DiffKind.Removed,
        ChangeType.Inserted => DiffKind.Added,
        _ => DiffKind.Same,
    };

    private static List<DiffLine> Fold(List<DiffLine> lines)
    {
        var near = new bool[lines.Count];
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Kind == DiffKind.Same)
                continue;
            for (var j = Math.Max(0, i - Context); j <= Math.Min(lines.Count - 1, i + Context); j++)
                near[j] = true;
        }

        var folded = new List<DiffLine>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (near[i])
            {
                folded.Add(lines[i]);
                continue;
            }
            var from = i;
            while (i + 1 < lines.Count && !near[i + 1])
                i++;
            folded.Add(new(DiffKind.Skipped, $"{Format.Count(i - from + 1)} equal {(i == from ? "line" : "lines")}"));
        }
        return folded;
    }
}
