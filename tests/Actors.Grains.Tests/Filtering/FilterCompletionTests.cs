using Actors.Filtering;
using Xunit;

namespace Actors.Grains.Tests.Filtering;

public class FilterCompletionTests
{
    [Theory]
    [InlineData("|", "id: name: timestamp: user: session: env: level: model: tags: release: version: latency:")]
    [InlineData("lev|", "level:")]
    [InlineData("a -en|", "env:")]
    [InlineData("(USER|", "user:")]
    [InlineData("meta|", "metadata.")]
    [InlineData("sco|", "scores.")]
    [InlineData("level:|", "DEBUG DEFAULT WARNING ERROR")]
    [InlineData("level:ERROR,w|", "WARNING")]
    [InlineData("level:ERROR|", "")]
    [InlineData("public:t|", "true")]
    [InlineData("latency:|", "> >= < <=")]
    [InlineData("latency:>|", ">=")]
    [InlineData("scores.x:|", "> >= < <=")]
    [InlineData("has:lat|", "latency")]
    [InlineData("env:|", "production \"two words\" staging")]
    [InlineData("env:stag|", "staging")]
    [InlineData("env:\"two w|", "\"two words\"")]
    [InlineData("shoes:|", "")]
    [InlineData("\"some text|", "")]
    public void What_can_come_next(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', At(text).Items.Select(i => i.Text)));

    [Theory]
    [InlineData("lev| user:a", "level: user:a")]
    [InlineData("user:a lev|", "user:a level:")]
    [InlineData("level:WARNING,err|or)", "level:WARNING,ERROR)")]
    [InlineData("-l|", "-level:")]
    public void A_suggestion_replaces_the_word_at_the_caret(string text, string expected)
    {
        var plain = text.Replace("|", "", StringComparison.Ordinal);
        var completions = At(text);

        Assert.Equal(expected, string.Concat(plain.AsSpan(0, completions.Start), completions.Items[0].Text, plain.AsSpan(completions.End)));
    }

    private static FilterCompletions At(string text)
    {
        var caret = text.IndexOf('|', StringComparison.Ordinal);
        return FilterCompletion.At(
            FilterCatalog.Traces, text.Remove(caret, 1), caret, column => column.Name == "environment" ? ["production", "two words", "staging"] : []);
    }
}
