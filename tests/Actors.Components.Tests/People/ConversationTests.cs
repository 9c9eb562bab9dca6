using Actors.Tracing;
using Actors.Web.Model.People;

namespace Actors.Components.People;

public sealed class ConversationTests
{
    private static readonly ILookup<string, ScoreRecord> NoScores = Array.Empty<ScoreRecord>().ToLookup(s => s.TraceId!);
    private static readonly Dictionary<string, string> NoHandOvers = [];

    [Fact]
    public void A_turn_adds_what_no_earlier_turn_has_said()
    {
        var turns = Read(
            Part("a", """[{"role":"system","content":"Be kind."},{"role":"user","content":"How do I rotate a key?"}]""", """{"role":"assistant","content":"Make a second one."}"""),
            Part("b",
                """[{"role":"system","content":"Be kind."},{"role":"user","content":"How do I rotate a key?"},{"role":"assistant","content":"Make a second one."},{"role":"user","content":"And then?"}]""",
                """{"role":"assistant","content":"Revoke the first."}"""));

        Assert.Equal(["Be kind.", "How do I rotate a key?", "Make a second one."], Words(turns[0]));
        Assert.Equal(["And then?", "Revoke the first."], Words(turns[1]));
        Assert.Equal(3, turns[1].Repeats);
        Assert.Equal("And then?", turns[1].Question);
    }

    [Fact]
    public void A_history_that_was_cut_at_its_beginning_is_still_known()
    {
        var turns = Read(
            Part("a", """[{"role":"user","content":"One?"}]""", "\"Uno\""),
            Part("b", """[{"role":"user","content":"One?"},{"role":"assistant","content":"Uno"},{"role":"user","content":"Two?"}]""", "\"Dos\""),
            Part("c", """[{"role":"assistant","content":"Uno"},{"role":"user","content":"Two?"},{"role":"assistant","content":"Dos"},{"role":"user","content":"Three?"}]""", "\"Tres\""));

        Assert.Equal(["Three?", "Tres"], Words(turns[2]));
    }

    [Fact]
    public void Who_asks_the_same_again_is_shown_and_marked()
    {
        var turns = Read(
            Part("a", "\"Where is my invoice from October?\"", "\"I do not know.\""),
            Part("b", "\"Tell me a joke about cats\"", "\"Miau.\""),
            Part("c", "\"where is my invoice of October\"", "\"I do not know.\""));

        Assert.Equal(["where is my invoice of October", "I do not know."], Words(turns[2]));
        Assert.Equal(1, turns[2].AskedIn);
        Assert.Equal(TurnMarks.Repeated, turns[2].Marks);
        Assert.Equal(TurnMarks.None, turns[1].Marks);
    }

    [Fact]
    public void Short_answers_are_no_repeated_questions()
    {
        var turns = Read(Part("a", "\"yes\"", "\"Good.\""), Part("b", "\"yes\"", "\"Good.\""));

        Assert.Equal(["yes", "Good."], Words(turns[1]));
        Assert.Null(turns[1].AskedIn);
    }

    [Fact]
    public void What_is_no_conversation_is_shown_as_it_was_sent()
    {
        var turns = Read(Part("a", """{"rows":[1,2,3]}""", "\"Six\""));

        Assert.Null(turns[0].Messages);
        Assert.False(turns[0].IsClosed);
    }

    [Fact]
    public void Errors_poor_scores_and_hand_overs_are_marked()
    {
        var failed = Sample.Trace("a") with { Input = "\"q\"", Summary = new TraceSummary { Errors = 2 } };
        var scores = new[] { Score("a", "helpful", 1), Score("b", "helpful", 0), Score("b", "helpful", 0.2) }.ToLookup(s => s.TraceId!);
        var turns = Conversation.Read(
            [new(failed, ChatParser.Parse("\"q\"", "user"), null, false), new(Sample.Trace("b") with { Input = null, Output = null }, null, null, true)],
            before: 7, scores, new Dictionary<string, string> { ["b"] = "transfer_to_human" });

        Assert.Equal([8, 9], turns.Select(t => t.Number));
        Assert.Equal(TurnMarks.Error, turns[0].Marks);
        Assert.Equal(TurnMarks.LowScore | TurnMarks.HandOver, turns[1].Marks);
        Assert.Equal(["poor helpful 0", "handed over: transfer_to_human"], turns[1].Troubles().Select(t => t.Text));
        Assert.Equal(["2 errors"], turns[0].Troubles().Select(t => t.Text));
    }

    [Theory]
    [InlineData("helpful", ScoreDataType.Boolean, 0.0, true)]
    [InlineData("helpful", ScoreDataType.Boolean, 1.0, false)]
    [InlineData("quality", ScoreDataType.Numeric, 0.49, true)]
    [InlineData("quality", ScoreDataType.Numeric, 0.5, false)]
    [InlineData("toxicity", ScoreDataType.Numeric, 0.1, false)]
    [InlineData("toxicity", ScoreDataType.Numeric, 0.9, true)]
    [InlineData("stars", ScoreDataType.Numeric, 4.0, false)]
    [InlineData("label", ScoreDataType.Categorical, null, false)]
    public void A_score_is_poor_on_the_scale_that_can_be_told(string name, ScoreDataType type, double? value, bool poor) =>
        Assert.Equal(poor, LowScores.IsLow(Score("a", name, value) with { DataType = type }));

    [Fact]
    public void A_session_becomes_an_item_of_many_turns()
    {
        var turns = Read(
            Part("a", """[{"role":"user","content":"One?"}]""", "\"Uno\""),
            Part("b", """[{"role":"user","content":"One?"},{"role":"assistant","content":"Uno"},{"role":"user","content":"Two?"}]""",
                """{"role":"assistant","content":"","tool_calls":[{"id":"c1","function":{"name":"count","arguments":"{}"}}]}"""));

        var item = TurnItem.Of("golden", "talk", turns)!;

        Assert.Equal(
            """{"messages":[{"role":"user","content":"One?"},{"role":"assistant","content":"Uno"},{"role":"user","content":"Two?"}]}""", item.Input.Value);
        Assert.Contains("\"tool_calls\":[{\"id\":\"c1\"", item.ExpectedOutput.Value, StringComparison.Ordinal);
        Assert.Equal("""{"sessionId":"talk","turns":2,"traceIds":["a","b"]}""", item.Metadata.Value);
        Assert.Equal("b", item.SourceTraceId.Value);
        Assert.Null(TurnItem.Of("golden", "talk", Read(Part("a", "\"Anybody there?\"", null))));
    }

    [Fact]
    public void Pseudonyms_are_the_same_everywhere_in_a_project_and_nowhere_else()
    {
        var names = new PersonNames(Sample.Project, Hidden: true);

        Assert.Equal(names.Of("anna@example.com"), new PersonNames(Sample.Project, Hidden: true).Of("anna@example.com"));
        Assert.NotEqual(names.Of("anna@example.com"), names.Of("ben@example.com"));
        Assert.NotEqual(names.Of("anna@example.com"), new PersonNames(new ProjectId("other"), Hidden: true).Of("anna@example.com"));
        Assert.Matches("^User [2-9A-Z]{6}$", names.Of("anna@example.com"));
        Assert.Equal("anna@example.com", new PersonNames(Sample.Project, Hidden: false).Of("anna@example.com"));
    }

    private static ScoreRecord Score(string trace, string name, double? value) => new()
    {
        Id = Guid.NewGuid().ToString(), TraceId = trace, Name = name, DataType = ScoreDataType.Numeric, Value = value, Environment = "default", Timestamp = Sample.T0,
    };

    private static Conversation.Part Part(string id, string? input, string? output) => new(
        Sample.Trace(id) with { Input = input, Output = output }, ChatParser.Parse(input, "user"), ChatParser.Parse(output, "assistant"), IsClosed: false);

    private static IReadOnlyList<Turn> Read(params Conversation.Part[] parts) => Conversation.Read(parts, 0, NoScores, NoHandOvers);

    private static IEnumerable<string> Words(Turn turn) => turn.Messages!.Select(m => string.Concat(m.Parts.Select(p => p.Text)));
}
