namespace Actors.Web.Model.Shell.Palette;

/// <summary>Finds things by what is written: each word of it begins a word of the thing, or is at least somewhere in it.</summary>
public static class PaletteMatch
{
    /// <summary>The rank of what does not fit.</summary>
    public const int None = int.MaxValue;

    private static readonly char[] Breaks = [' ', '-', '_', '/', '.', ':', ',', '(', ')'];

    /// <summary>How well a thing fits, the best first: it begins with the text, words of its title do, other words do, it is somewhere in it.</summary>
    public static int Rank(PaletteItem item, string text)
    {
        if (item.Title.StartsWith(text, StringComparison.OrdinalIgnoreCase))
            return 0;

        var wanted = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (Begin(item.Title, wanted))
            return 1;

        var all = $"{item.Title} {item.Words}";
        return Begin(all, wanted) ? 2 : wanted.All(w => all.Contains(w, StringComparison.OrdinalIgnoreCase)) ? 3 : None;
    }

    private static bool Begin(string text, string[] wanted)
    {
        var words = text.Split(Breaks, StringSplitOptions.RemoveEmptyEntries);
        return wanted.All(w => words.Any(word => word.StartsWith(w, StringComparison.OrdinalIgnoreCase)));
    }
}
