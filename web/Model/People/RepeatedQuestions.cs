using System.Text;

namespace Actors.Web.Model.People;

/// <summary>Finds questions that were asked before: somebody who asks again was not helped.</summary>
public sealed class RepeatedQuestions
{
    // Of all words of both questions, this share is in both.
    private const double Alike = 0.7;

    // «yes» and «go on» are answers that everybody repeats.
    private const int FewestWords = 3;
    private const int MostWords = 200;

    private readonly List<(HashSet<string> Words, int Turn)> _asked = [];

    /// <summary>The first turn that asked nearly the same; null: none. The question counts as asked from now on.</summary>
    public int? Find(string question, int turn)
    {
        var words = WordsOf(question);
        if (words.Count < FewestWords)
            return null;
        foreach (var (earlier, number) in _asked)
        {
            var common = words.Count(earlier.Contains);
            if (common >= Alike * (words.Count + earlier.Count - common))
                return number;
        }
        _asked.Add((words, turn));
        return null;
    }

    private static HashSet<string> WordsOf(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var word = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
                continue;
            }
            Take();
            if (words.Count >= MostWords)
                break;
        }
        Take();
        return words;

        void Take()
        {
            if (word.Length > 0)
                words.Add(word.ToString());
            word.Clear();
        }
    }
}
