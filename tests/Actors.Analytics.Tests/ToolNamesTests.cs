using Actors.Analytics.Ingest;
using Actors.Tracing;

namespace Actors.Analytics;

/// <summary>Tools are named in as many ways as there are providers.</summary>
public sealed class ToolNamesTests
{
    public static TheoryData<string, string?, string?, string> Definitions => new()
    {
        { "OpenAI chat", """{"messages":[],"tools":[{"type":"function","function":{"name":"search"}},{"type":"function","function":{"name":"book"}}]}""", null, "search,book" },
        { "OpenAI responses", """{"input":"x","tools":[{"type":"function","name":"search","parameters":{}}]}""", null, "search" },
        { "Anthropic", """{"messages":[],"tools":[{"name":"search","input_schema":{"type":"object"}}]}""", null, "search" },
        { "Gemini", """{"contents":[],"tools":[{"functionDeclarations":[{"name":"a"},{"name":"b"}]}]}""", null, "a,b" },
        { "Vercel", "[]", """{"attributes":{"ai.prompt.tools":["{\"type\":\"function\",\"name\":\"weather\"}","{\"type\":\"function\",\"name\":\"time\"}"]}}""", "weather,time" },
        { "Vercel, as text", "[]", """{"attributes":{"ai.prompt.tools":"[\"{\\\"name\\\":\\\"weather\\\"}\"]"}}""", "weather" },
        { "OpenTelemetry", null, """{"attributes":{"gen_ai.tool.definitions":"[{\"type\":\"function\",\"name\":\"get\"}]"}}""", "get" },
        { "LangChain", null, """{"invocation_params":{"tools":[{"type":"function","function":{"name":"lookup"}}]}}""", "lookup" },
        { "the same one twice", """{"tools":[{"name":"a"},{"name":"a"}]}""", """{"tools":[{"name":"a"}]}""", "a" },
        { "JSON in a string", "\"{\\\"tools\\\":[{\\\"name\\\":\\\"a\\\"}]}\"", null, "a" },
        { "none", """{"messages":[{"content":"which tools are there?"}]}""", """{"tools":"many"}""", "" },
        { "not JSON", "tools [", null, "" },
    };

    public static TheoryData<string, string?, string> Calls => new()
    {
        { "OpenAI chat", """{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"search","arguments":"{}"}},{"function":{"name":"search"}}]}""", "search,search" },
        { "OpenAI choices", """{"choices":[{"message":{"tool_calls":[{"function":{"name":"search"}}]}}]}""", "search" },
        { "OpenAI responses", """{"output":[{"type":"reasoning"},{"type":"function_call","name":"search","arguments":"{}"}]}""", "search" },
        { "Anthropic", """{"content":[{"type":"text","text":"I use a tool"},{"type":"tool_use","id":"1","name":"search","input":{"name":"x"}}]}""", "search" },
        { "Gemini", """{"candidates":[{"content":{"parts":[{"functionCall":{"name":"search","args":{}}}]}}]}""", "search" },
        { "Vercel", """[{"toolCallType":"function","toolCallId":"1","toolName":"weather","args":"{}"}]""", "weather" },
        { "Vercel with text", """{"role":"assistant","content":"x","tool_calls":[{"toolName":"weather"}]}""", "weather" },
        { "OpenTelemetry", """[{"role":"assistant","parts":[{"type":"tool_call","id":"1","name":"get","arguments":{}}]}]""", "get" },
        { "LangChain", """{"kwargs":{"content":"","tool_calls":[{"name":"lookup","args":{}}],"additional_kwargs":{"tool_calls":[{"function":{"name":"lookup"}}]}}}""", "lookup" },
        { "an empty list", """{"tool_calls":[],"content":"function"}""", "" },
        { "a tool that only has a name", """{"type":"tool_result","name":"search"}""", "" },
        { "not JSON", "function()", "" },
        { "nothing", null, "" },
    };

    [Theory]
    [MemberData(nameof(Definitions))]
    public void Tools_that_are_offered_are_named_once(string format, string? input, string? metadata, string expected)
    {
        Assert.NotEmpty(format);
        Assert.Equal(expected, string.Join(',', ToolNames.Defined(Record() with { Input = input, Metadata = metadata })));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void Calls_are_named_one_by_one(string format, string? output, string expected)
    {
        Assert.NotEmpty(format);
        Assert.Equal(expected, string.Join(',', ToolNames.Called(Record() with { Output = output })));
    }

    [Fact]
    public void What_a_caller_makes_up_stays_bounded()
    {
        var many = $$"""{"tool_calls":[{{string.Join(',', Enumerable.Repeat("""{"name":"a"}""", 1000))}}]}""";
        Assert.Equal(128, ToolNames.Called(Record() with { Output = many }).Count);
        var deep = string.Concat(Enumerable.Repeat("[", 60)) + """{"type":"tool_use","name":"a"}""" + new string(']', 60);
        Assert.Empty(ToolNames.Called(Record() with { Output = deep }));
    }

    private static ObservationRecord Record() => new()
    {
        Id = "o", TraceId = "t", Type = ObservationType.Generation, StartTime = Traffic.Start, Environment = "default",
    };
}
