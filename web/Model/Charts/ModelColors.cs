namespace Actors.Web.Model.Charts;

/// <summary>Gives names palette colours: the same name keeps its colour on every page as long as no earlier name wants it too.</summary>
public static class ModelColors
{
    private const int Palette = 8;

    /// <summary>Palette indexes 1–8 by stable hash, moved on when taken; 0 for <paramref name="rest"/>.</summary>
    public static int[] For(IReadOnlyList<string> names, string rest)
    {
        var colors = new int[names.Count];
        var taken = new bool[Palette + 1];
        // In name order, so that the order of drawing does not decide who keeps the colour.
        foreach (var i in Enumerable.Range(0, names.Count).OrderBy(i => names[i], StringComparer.Ordinal))
        {
            if (names[i] == rest)
                continue;
            var color = (int)(Hash(names[i]) % Palette) + 1;
            for (var tries = 0; tries < Palette && taken[color]; tries++)
                color = color % Palette + 1;
            taken[color] = true;
            colors[i] = color;
        }
        return colors;
    }

    // FNV-1a: string.GetHashCode differs from process to process.
    private static uint Hash(string name) => name.Aggregate(2166136261u, (hash, c) => unchecked((hash ^ c) * 16777619u));
}
