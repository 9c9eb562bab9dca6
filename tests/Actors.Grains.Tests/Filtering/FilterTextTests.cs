using Actors.Filtering;
using Actors.Testing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Actors.Grains.Tests.Filtering;

/// <summary>The readable language: what it says, what it refuses and where, and that it reads what it writes.</summary>
public class FilterTextTests
{
    public static TheoryData<string, Filter> Sentences => new()
    {
        { "", Filter.Everything },
        { "  () ", Filter.Everything },
        { "-()", Filter.Nothing },
        { "level:ERROR", Text("level", FilterOperator.Equal, "ERROR") },
        { "LEVEL:error", Text("level", FilterOperator.Equal, "ERROR") },
        { "level:ERROR,WARNING", Texts("level", "ERROR", "WARNING") },
        { "latency:>2s", Number("latency", FilterOperator.Greater, 2) },
        { "latency:<=250ms", Number("latency", FilterOperator.LessOrEqual, 0.25m) },
        { "latency:>=1.5min", Number("latency", FilterOperator.GreaterOrEqual, 90) },
        { "cost:<$0.05", Number("totalCost", FilterOperator.Less, 0.05m) },
        { "tokens:=100", Number("totalTokens", FilterOperator.Equal, 100) },
        { "errorCount:1,2", Filter.Any(Number("errorCount", FilterOperator.Equal, 1), Number("errorCount", FilterOperator.Equal, 2)) },
        { "name:chat", Text("name", FilterOperator.Equal, "chat") },
        { "name:*chat*", Text("name", FilterOperator.Contains, "chat") },
        { "name:chat*", Text("name", FilterOperator.StartsWith, "chat") },
        { "name:*\"two words\"", Text("name", FilterOperator.EndsWith, "two words") },
        { "name:\"*chat*\"", Text("name", FilterOperator.Equal, "*chat*") },
        { "name:~chat", Text("name", FilterOperator.Matches, "chat") },
        { "name:*", Filter.Has("name") },
        { "env:prod,staging", Texts("environment", "prod", "staging") },
        { "-env:prod", Filter.Not(Text("environment", FilterOperator.Equal, "prod")) },
        { "user:a session:b", Filter.All(Text("userId", FilterOperator.Equal, "a"), Text("sessionId", FilterOperator.Equal, "b")) },
        { "user:a AND session:b", Filter.All(Text("userId", FilterOperator.Equal, "a"), Text("sessionId", FilterOperator.Equal, "b")) },
        { "tags:a,b tags:c", Filter.All(Texts("tags", "a", "b"), Texts("tags", "c")) },
        { "metadata.k:v", Keyed("metadata", "k", FilterOperator.Equal, new TextValue("v")) },
        { "metadata.a.b:*v*", Keyed("metadata", "a.b", FilterOperator.Contains, new TextValue("v")) },
        { "metadata.\"my key\":~v", Keyed("metadata", "my key", FilterOperator.Matches, new TextValue("v")) },
        { "has:metadata", Filter.Has("metadata") },
        { "-has:user", new Condition("userId", null, FilterOperator.IsNull, NoValue.Instance) },
        { "scores.x:>0.8", Keyed("scores_avg", "x", FilterOperator.Greater, new NumberValue(0.8m)) },
        { "scores.x:0.8", Keyed("scores_avg", "x", FilterOperator.Equal, new NumberValue(0.8m)) },
        { "scores.x:good,bad", Keyed("score_categories", "x", FilterOperator.OneOf, new TextsValue(["good", "bad"])) },
        { "scores.x:\"1\"", Keyed("score_categories", "x", FilterOperator.OneOf, new TextsValue(["1"])) },
        { "scores.x:true", Keyed("score_booleans", "x", FilterOperator.Equal, new FlagValue(true)) },
        { "input:\"two words\"", Text("input", FilterOperator.Matches, "two words") },
        { "output:=exact", Text("output", FilterOperator.Equal, "exact") },
        { "public:true", new Condition("public", null, FilterOperator.Equal, new FlagValue(true)) },
        { "timestamp:>=2026-01-31", new Condition("timestamp", null, FilterOperator.GreaterOrEqual, new TimeValue(new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero))) },
        { "timestamp:<2026-01-31T12:30+01:00", new Condition("timestamp", null, FilterOperator.Less, new TimeValue(new DateTimeOffset(2026, 1, 31, 11, 30, 0, TimeSpan.Zero))) },
        { "hello", Search("hello") },
        { "\"hello world\" -bye", Filter.All(Search("hello world"), Filter.Not(Search("bye"))) },
        { "a OR b c", Filter.Any(Search("a"), Filter.All(Search("b"), Search("c"))) },
        { "(a OR b) c", Filter.All(Filter.Any(Search("a"), Search("b")), Search("c")) },
        { "-(a b)", Filter.Not(Filter.All(Search("a"), Search("b"))) },
    };

    [Theory]
    [MemberData(nameof(Sentences), DisableDiscoveryEnumeration = true)]
    public void A_sentence_says(string text, Filter expected)
    {
        var parse = FilterText.Parse(FilterCatalog.Traces, text);

        Assert.Null(parse.Problem);
        Assert.Equal(expected, parse.Filter);
    }

    [Theory]
    [InlineData("colour:red", 0, 6, "There is no column «colour» on traces. Put a text with a colon in quotes.")]
    [InlineData("level:LOUD", 6, 4, "level is one of DEBUG, DEFAULT, WARNING, ERROR.")]
    [InlineData("a latency:>soon", 10, 5, "latency holds numbers: >1.5s, <200ms.")]
    [InlineData("cost:2s", 5, 2, "cost holds numbers: >0.5, <=10, =3.")]
    [InlineData("timestamp:2026-01-01", 10, 10, "timestamp holds times: >2026-01-31, <=2026-01-31T12:00Z.")]
    [InlineData("name:>a", 5, 2, "name holds text: compare it with a value, =value, ~words, or a star at either end.")]
    [InlineData("name:a*b", 7, 1, "A star can begin or end a value, and quotes must go around the whole of it.")]
    [InlineData("name:", 5, 0, "A value is missing behind name.")]
    [InlineData("name:a,", 7, 0, "A value is missing behind name.")]
    [InlineData("name:\"open", 5, 1, "This quote is not closed.")]
    [InlineData("(a OR b", 0, 1, "This parenthesis is not closed.")]
    [InlineData("a) b", 1, 1, "This parenthesis closes nothing.")]
    [InlineData("a OR", 2, 2, "OR needs a condition on both sides.")]
    [InlineData("OR a", 0, 2, "OR needs a condition on both sides.")]
    [InlineData("a -", 2, 1, "A minus needs a condition right behind it.")]
    [InlineData("metadata:x", 8, 0, "metadata needs a key of at most 200 characters: metadata.key:value")]
    [InlineData("tags:*a*", 5, 3, "tags is compared with whole values: tags:a,b")]
    [InlineData("public:maybe", 7, 5, "public is true or false.")]
    [InlineData("has:", 4, 0, "has: needs the name of a column.")]
    [InlineData("\"\"", 0, 2, "A word to search for has 1 to 2000 characters.")]
    public void What_it_cannot_say_is_refused_with_its_place(string text, int position, int length, string message)
    {
        var parse = FilterText.Parse(FilterCatalog.Traces, text);

        Assert.Null(parse.Filter);
        Assert.Equal(new FilterProblem(position, length, message), parse.Problem);
    }

    [Fact]
    public void Everything_has_a_bound()
    {
        string[] tooMuch =
        [
            new('x', FilterLimits.MaxLength + 1), new string('(', 17) + "a" + new string(')', 17), new string('-', 17) + "a",
            string.Join(' ', Enumerable.Repeat("a", FilterLimits.MaxConditions + 1)),
            "name:" + string.Join(',', Enumerable.Repeat("a", FilterLimits.MaxValues + 1)),
            "name:" + new string('x', FilterLimits.MaxValueLength + 1),
            "metadata." + new string('x', FilterLimits.MaxKeyLength + 1) + ":a",
        ];
        Assert.All(tooMuch, text => Assert.NotNull(FilterText.Parse(FilterCatalog.Traces, text).Problem));
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void What_is_written_reads_as_the_same(string view)
    {
        var catalog = Catalog(view);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(FilterGen.For(catalog).ToArbitrary(), filter =>
        {
            var text = FilterText.Format(catalog, filter);
            var parse = FilterText.Parse(catalog, text);
            return (parse.Filter?.Equals(filter) == true).Label($"{text} -> {parse.Problem}");
        }));
    }

    [Fact]
    public void No_text_makes_the_reader_fail() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(
            Gen.Elements("name", ":", "\"", "(", ")", "-", " ", "OR", "*", ",", ">", "=", "scores.", "metadata.", "x", "has:", "latency", "1", "\\").ListOf().Select(string.Concat).ToArbitrary(),
            text =>
            {
                var parse = FilterText.Parse(FilterCatalog.Traces, text);
                return parse.Filter is null != parse.Problem is null && (parse.Problem is not { } p || (p.Position >= 0 && p.Position + p.Length <= text.Length));
            }));

    public static TheoryData<string> Views => new("traces", "observations", "scores");

    public static FilterCatalog Catalog(string view) => view switch
    {
        "traces" => FilterCatalog.Traces,
        "observations" => FilterCatalog.Observations,
        _ => FilterCatalog.Scores,
    };

    private static Condition Text(string column, FilterOperator op, string text) => new(column, null, op, new TextValue(text));

    private static Condition Texts(string column, params string[] texts) => new(column, null, FilterOperator.OneOf, new TextsValue(texts));

    private static Condition Number(string column, FilterOperator op, decimal number) => new(column, null, op, new NumberValue(number));

    private static Condition Keyed(string column, string key, FilterOperator op, FilterValue value) => new(column, key, op, value);

    private static Condition Search(string word) => Text(FilterCatalog.Search, FilterOperator.Matches, word);
}
