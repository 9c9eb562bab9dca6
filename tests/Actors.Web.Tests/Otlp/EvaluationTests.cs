using Actors.Tracing;

namespace Actors.Web.Tests;

public sealed class EvaluationTests
{
    private const string Event = "gen_ai.evaluation.result";

    [Fact]
    public void A_number_becomes_a_numeric_score_of_the_span()
    {
        var score = Assert.Single(Scores("""
            {"gen_ai.evaluation.name":"Relevance","gen_ai.evaluation.score.value":4.5,"gen_ai.evaluation.score.label":"relevant",
             "gen_ai.evaluation.explanation":"On topic","gen_ai.response.id":"resp-1"}
            """));

        Assert.Equal(("Relevance", ScoreDataType.Numeric, 4.5, null), (score.Name, score.DataType, score.Value, score.StringValue));
        Assert.Equal(("b7ad6b7169203331", ScoreSource.Eval, "On topic"), (score.ObservationId, score.Source, score.Comment));
        Assert.Equal("""{"gen_ai.evaluation.score.label":"relevant","gen_ai.response.id":"resp-1"}""", score.Metadata);
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 10, 0, 1, TimeSpan.Zero), score.Timestamp);
    }

    [Fact]
    public void A_label_alone_becomes_a_categorical_score()
    {
        var score = Assert.Single(Scores("""{"gen_ai.evaluation.name":"Tone","gen_ai.evaluation.score.label":"pass"}"""));

        Assert.Equal((ScoreDataType.Categorical, null, "pass"), (score.DataType, score.Value, score.StringValue));
    }

    [Theory]
    [InlineData("""{"gen_ai.evaluation.score.value":1}""")]
    [InlineData("""{"gen_ai.evaluation.name":"","gen_ai.evaluation.score.value":1}""")]
    [InlineData("""{"gen_ai.evaluation.name":"Tone","error.type":"timeout"}""")]
    [InlineData("""{"gen_ai.evaluation.name":"Tone","gen_ai.evaluation.score.value":"NaN"}""")]
    public void A_result_without_a_name_or_a_verdict_is_no_score(string attributes) => Assert.Empty(Scores(attributes));

    [Fact]
    public void Results_that_are_sent_again_are_the_same_scores_and_each_has_its_own_id()
    {
        string[] results =
        [
            """{"gen_ai.evaluation.name":"Tone","gen_ai.evaluation.score.value":1}""",
            """{"gen_ai.evaluation.name":"Tone","gen_ai.evaluation.score.value":0}""",
            """{"gen_ai.evaluation.name":"Relevance","gen_ai.evaluation.score.value":1}""",
        ];

        var first = Scores(results).Select(s => s.ScoreId).ToList();

        Assert.Equal(first, Scores(results).Select(s => s.ScoreId));
        Assert.Equal(3, first.Distinct().Count());
    }

    private static List<ScoreEvent> Scores(params string[] results) =>
    [
        .. (SpanSample.Of("evaluator", "chat", """{"gen_ai.operation.name":"chat"}""") with { Events = [.. results.Select(r => (Event, r))] })
            .Map().OfType<ScoreEvent>(),
    ];
}
