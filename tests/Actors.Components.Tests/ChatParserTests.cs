namespace Actors.Components;

public sealed class ChatParserTests
{
    [Theory]
    [InlineData("""[{"role":"user","content":"hi"}]""")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}],"model":"m"}""")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"text","text":"hi"}]}]}""")]
    [InlineData("""{"model":"m","input":"hi"}""")]
    [InlineData("""{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""")]
    [InlineData("""[{"role":"user","parts":[{"type":"text","content":"hi"}]}]""")]
    [InlineData("""[[{"type":"human","content":"hi"}]]""")]
    [InlineData("\"hi\"")]
    [InlineData("hi")]
    [InlineData("""  "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}" """)]
    public void Every_usual_way_to_say_hi_is_understood(string json)
    {
        var message = Assert.Single(ChatParser.Parse(json, "user")!);

        Assert.Equal("user", message.Role);
        Assert.Equal(new ChatPart(ChatPartKind.Text, "hi"), Assert.Single(message.Parts));
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"message":{"role":"assistant","content":"yes"}}]}""")]
    [InlineData("""{"id":"m","type":"message","role":"assistant","content":[{"type":"text","text":"yes"}]}""")]
    [InlineData("""{"candidates":[{"content":{"role":"model","parts":[{"text":"yes"}]}}]}""")]
    [InlineData("""{"output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"yes"}]}]}""")]
    [InlineData("""{"role":"assistant","content":"yes"}""")]
    [InlineData("\"yes\"")]
    public void Every_usual_answer_is_understood(string json)
    {
        var message = Assert.Single(ChatParser.Parse(json, "assistant")!);

        Assert.Equal("assistant", message.Role);
        Assert.Equal("yes", Assert.Single(message.Parts).Text);
    }

    [Theory]
    [InlineData("""{"query":"x","k":5}""")]
    [InlineData("[1,2,3]")]
    [InlineData("""["a","b"]""")]
    [InlineData("42")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData(null)]
    public void Data_is_not_a_conversation(string? json) => Assert.Null(ChatParser.Parse(json, "user"));

    [Fact]
    public void A_result_is_named_after_the_call_it_answers()
    {
        var messages = ChatParser.Parse(
            """
            [{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"lookup","arguments":"{\"a\":1}"}}]},
             {"role":"tool","tool_call_id":"c1","content":"{\"b\":2}"}]
            """, "user")!;

        Assert.Equal(new ChatPart(ChatPartKind.ToolCall, "{\n  \"a\": 1\n}", "lookup", "c1"), Assert.Single(messages[0].Parts));
        Assert.Equal(new ChatPart(ChatPartKind.ToolResult, "{\"b\":2}", "lookup", "c1"), Assert.Single(messages[1].Parts));
    }

    [Fact]
    public void Anthropic_blocks_keep_their_kinds()
    {
        var messages = ChatParser.Parse(
            """
            {"system":"be kind","messages":[
              {"role":"assistant","content":[{"type":"thinking","thinking":"hm"},{"type":"text","text":"one moment"},{"type":"tool_use","id":"t1","name":"search","input":{"q":"x"}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"found"}]},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}]}]}
            """, "user")!;

        Assert.Equal(["system", "assistant", "user"], messages.Select(m => m.Role));
        Assert.Equal([ChatPartKind.Thinking, ChatPartKind.Text, ChatPartKind.ToolCall], messages[1].Parts.Select(p => p.Kind));
        Assert.Equal(new ChatPart(ChatPartKind.ToolResult, "found", "search", "t1"), messages[2].Parts[0]);
        Assert.Equal(new ChatPart(ChatPartKind.Media, "image/png"), messages[2].Parts[1]);
    }

    [Fact]
    public void The_items_of_the_responses_api_become_messages()
    {
        var messages = ChatParser.Parse(
            """
            [{"type":"reasoning","summary":[{"type":"summary_text","text":"think"}]},
             {"type":"function_call","call_id":"f1","name":"weather","arguments":"{}"},
             {"type":"function_call_output","call_id":"f1","output":"sunny"}]
            """, "assistant")!;

        Assert.Equal(["assistant", "assistant", "tool"], messages.Select(m => m.Role));
        Assert.Equal("think", messages[0].Parts[0].Text);
        Assert.Equal(new ChatPart(ChatPartKind.ToolResult, "sunny", "weather", "f1"), messages[2].Parts[0]);
    }

    [Fact]
    public void An_unknown_part_is_shown_as_it_is()
    {
        var message = Assert.Single(ChatParser.Parse("""[{"role":"user","content":[{"type":"hologram","x":1}]}]""", "user")!);

        var part = Assert.Single(message.Parts);
        Assert.Equal(ChatPartKind.Json, part.Kind);
        Assert.Contains("hologram", part.Text);
    }

    [Fact]
    public void Deep_nesting_is_no_conversation_and_no_crash()
    {
        var deep = new string('[', 5000) + new string(']', 5000);

        Assert.NotNull(ChatParser.Parse(deep, "user"));
        Assert.Null(ChatParser.Parse(new string('[', 100) + new string(']', 100), "user"));
    }

    [Theory]
    [InlineData("""[{"role":"system","content":"s"},{"role":"user","content":"What  is\nthis?"}]""", "What is this?")]
    [InlineData("\"plain\"", "plain")]
    [InlineData("""{"query":"x"}""", """{"query":"x"}""")]
    [InlineData("""[{"role":"user","content":"cut off in the mid""", """[{"role":"user","content":"cut off in the mid""")]
    [InlineData(null, "")]
    public void A_preview_is_what_a_person_would_read(string? json, string expected) => Assert.Equal(expected, JsonText.Preview(json));

    [Fact]
    public void A_long_preview_is_cut() => Assert.Equal(21, JsonText.Preview(new string('x', 500), 20).Length);
}
