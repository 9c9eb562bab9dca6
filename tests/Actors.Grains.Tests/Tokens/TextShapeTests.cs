using Actors.Grains.Tokens;
using Xunit;

namespace Actors.Grains.Tests.Tokens;

public class TextShapeTests
{
    [Theory]
    [InlineData("\"plain \\u0022text\\u0022\"", "plain \"text\"")]
    [InlineData("{ \"a\" : [1, \"\\u00fc\"] }", "{\"a\":[1,\"ü\"]}")]
    [InlineData("[\"a\", \"b\"]", "[\"a\",\"b\"]")]
    [InlineData("[]", "[]")]
    [InlineData("""[{"role":"user","content":[{"type":"text","text":"hi"}]}]""", """[{"role":"user","content":[{"type":"text","text":"hi"}]}]""")]
    [InlineData("""[{"role":"user","content":"hi"},5]""", """[{"role":"user","content":"hi"},5]""")]
    public void What_is_no_chat_is_one_text(string json, string text)
    {
        var shape = TextShape.Read(json)!.Value;
        Assert.Equal([text], shape.Texts);
        Assert.Equal((0, 0), (shape.Messages, shape.Names));
    }

    [Fact]
    public void A_chat_is_all_texts_of_its_messages()
    {
        var shape = TextShape.Read("""[{"role":"user","name":"eve","content":"hi","weight":1},{"role":"assistant","content":"","calls":[]}]""")!.Value;
        Assert.Equal(["user", "eve", "hi", "assistant", ""], shape.Texts);
        Assert.Equal((2, 1), (shape.Messages, shape.Names));
    }

    [Fact]
    public void What_would_take_too_long_is_not_counted()
    {
        Assert.Null(TextShape.Read($"\"{new string('a', TextShape.MaxLength)}\""));
        Assert.Null(TextShape.Read($"\"{new string('a', 1_001)}\""));
        Assert.Null(TextShape.Read($"\"{new string('語', 1_001)}\""));
        Assert.Null(TextShape.Read($"\"{new string(' ', 1_001)}\""));
        Assert.NotNull(TextShape.Read($"\"{string.Concat(Enumerable.Repeat("word ", 50_000))}\""));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("\"\\ud800\"")]
    public void What_is_no_text_is_not_counted(string json) => Assert.Null(TextShape.Read(json));
}
