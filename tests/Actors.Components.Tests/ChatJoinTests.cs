using Actors.Tracing;

namespace Actors.Components;

public sealed class ChatJoinTests
{
    private static ChatMessage Call(string id, string name = "lookup") => new("assistant", [new ChatPart(ChatPartKind.ToolCall, "{}", name, id)]);

    private static ChatMessage Result(string id, string text) => new("tool", [new ChatPart(ChatPartKind.ToolResult, text, null, id)]);

    [Fact]
    public void A_result_moves_to_its_call_and_its_message_is_gone()
    {
        var joined = ChatJoin.Results([Call("1"), Call("2"), Result("2", "two"), Result("1", "one"), new("assistant", [new ChatPart(ChatPartKind.Text, "done")])]);

        Assert.Equal(["one", "two", null], joined.Select(m => m.Parts[0].Answer?.Text));
    }

    [Fact]
    public void An_id_that_comes_again_means_the_next_call()
    {
        var joined = ChatJoin.Results([Call("1"), Result("1", "first"), Call("1"), Result("1", "second"), Result("1", "stray")]);

        Assert.Equal(["first", "second", null], joined.Select(m => m.Parts[0].Answer?.Text));
        Assert.Equal(ChatPartKind.ToolResult, joined[2].Parts[0].Kind);
    }

    [Fact]
    public void A_result_before_its_call_stays_where_it_is() =>
        Assert.Equal(["tool", "assistant"], ChatJoin.Results([Result("1", "early"), Call("1")]).Select(m => m.Role));

    [Fact]
    public void What_was_said_before_counts_up_to_the_first_difference()
    {
        ChatMessage[] said = [Text("system", "a"), Text("user", "b"), Text("assistant", "c")];

        Assert.Equal(3, ChatJoin.Seen(said, [.. said, Text("user", "d")]));
        Assert.Equal(1, ChatJoin.Seen(said, [said[0], Text("user", "other"), said[2], said[1]]));
        Assert.Equal(0, ChatJoin.Seen(said, [Text("system", "new"), said[1]]));
        Assert.Equal(2, ChatJoin.Seen(said, said));
        Assert.Equal(0, ChatJoin.Seen([], said));

        static ChatMessage Text(string role, string text) => new(role, [new ChatPart(ChatPartKind.Text, text)]);
    }

    [Fact]
    public void Files_are_found_between_words_and_in_the_parts_of_every_provider()
    {
        const string token = "@@@langfuseMedia:type=image/jpeg|id=abc_-1|source=base64_data_uri@@@";
        var parts = Assert.Single(ChatParser.Parse(System.Text.Json.JsonSerializer.Serialize($"look: {token} and {token}"), "user")!).Parts;
        Assert.Equal(["look: ", "image/jpeg", " and ", "image/jpeg"], parts.Select(p => p.Text));
        Assert.Equal("abc_-1", parts[1].Media!.Id);

        var bytes = new string('A', 80);
        foreach (var (part, id, uri) in new (string, string?, string?)[]
        {
            ($$$"""{"type":"image_url","image_url":{"url":"{{{token}}}"}}""", "abc_-1", null),
            ($$$"""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"{{{token}}}"}}""", "abc_-1", null),
            ($$$"""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"{{{bytes}}}"}}""", null, $"data:image/png;base64,{bytes}"),
            ($$$"""{"inlineData":{"mimeType":"image/webp","data":"{{{bytes}}}"}}""", null, $"data:image/webp;base64,{bytes}"),
            ($$$"""{"type":"image_url","image_url":{"url":"data:image/gif;base64,{{{bytes}}}"}}""", null, $"data:image/gif;base64,{bytes}"),
        })
        {
            var media = Assert.Single(Assert.Single(ChatParser.Parse($$$"""[{"role":"user","content":[{{{part}}}]}]""", "user")!).Parts).Media;
            Assert.Equal((id, uri), (media?.Id, media?.DataUri));
        }
    }

    [Theory]
    [InlineData("https://elsewhere.example/x.png")]
    [InlineData("data:text/html;base64,PHNjcmlwdD4=")]
    [InlineData("data:image/svg+xml;base64,PHN2Zz4=")]
    [InlineData("@@@langfuseMedia:type=image/png|id=../../x|source=bytes@@@")]
    public void Nothing_else_is_a_file(string url) =>
        Assert.Null(Assert.Single(ChatParser.Parse($$$"""[{"role":"user","content":[{"type":"image_url","image_url":{"url":"{{{url}}}"}}]}]""", "user")![0].Parts).Media);

    [Fact]
    public void Tools_are_read_from_every_usual_place_and_calls_are_counted()
    {
        var generation = Sample.Observation("g", type: ObservationType.Generation) with
        {
            Input = """{"messages":[{"role":"user","content":"hi"}],"tools":[{"type":"function","function":{"name":"lookup","description":"finds","parameters":{"type":"object"}}},{"name":"fetch","input_schema":{}}]}""",
            ModelParameters = """{"tools":[{"functionDeclarations":[{"name":"gemini"}]}]}""",
            Metadata = """{"attributes":{"gen_ai.tool.definitions":"[{\"name\":\"otel\"}]"}}""",
            Output = """{"role":"assistant","content":[{"type":"tool_use","id":"1","name":"fetch","input":{}},{"type":"tool_use","id":"2","name":"fetch","input":{}},{"type":"tool_use","id":"3","name":"unknown","input":{}}]}""",
        };

        Assert.Equal(
            [("fetch", 2, true), ("unknown", 1, false), ("lookup", 0, true), ("gemini", 0, true), ("otel", 0, true)],
            ToolList.Of(generation).Select(t => (t.Name, t.Calls, t.IsDefined)));
        Assert.Equal("finds", ToolList.Of(generation)[2].Description);
        Assert.Empty(ToolList.Of(Sample.Observation("s")));
    }

    [Fact]
    public void The_previous_call_is_the_last_one_of_the_same_agent()
    {
        var view = TraceViewModel.Of(Sample.Document(1,
            Sample.Observation("one", null, 0, 100, ObservationType.Agent), Sample.Observation("two", null, 0, 100, ObservationType.Agent),
            Generation("a", "one", 10), Generation("b", "two", 20), Generation("c", "one", 30), Generation("d", "c", 40), Generation("e", null, 50)))!;

        Assert.Equal(
            [null, null, "a", "c", null],
            new[] { "a", "b", "c", "d", "e" }.Select(id => view.PreviousCall(view.Observation(id)!)?.Id));

        static ObservationRecord Generation(string id, string? parent, int start) => Sample.Observation(id, parent, start, start + 5, ObservationType.Generation);
    }
}
