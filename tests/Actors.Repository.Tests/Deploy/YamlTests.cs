using Xunit;

namespace Actors.Repository.Tests.Deploy;

/// <summary>What the tests of deployments stand on: a file that is read wrongly would be approved wrongly.</summary>
public sealed class YamlTests
{
    [Fact]
    public void Mappings_sequences_anchors_and_merges_are_read()
    {
        var document = Assert.Single(Read(
            """
            # a comment
            x-base: &base
              user: "1654:1654"   # another
              caps: [ALL, "NET ADMIN"]
              env: &env
                A: ${A:?say it}
            services:
              one:
                <<: *base
                user: "2:2"
                ports:
                  - 127.0.0.1:3000:8080
                  - name: http
                    port: 1
              two:
                env:
                  <<: *env
                  B: http://x:1/ # port
                none: {}
            """));

        var one = document.Map("services").Map("one");
        Assert.Equal("2:2", one["user"]);
        Assert.Equal(["ALL", "NET ADMIN"], one.Texts("caps"));
        Assert.Equal("127.0.0.1:3000:8080", one.List("ports")[0]);
        Assert.Equal("1", ((Dictionary<string, object>)one.List("ports")[1])["port"]);
        var env = document.Map("services").Map("two").Map("env");
        Assert.Equal("${A:?say it}", env["A"]);
        Assert.Equal("http://x:1/", env["B"]);
        Assert.Empty(document.Map("services").Map("two").Map("none"));
    }

    [Theory]
    [InlineData("a: 1\na: 2")]
    [InlineData("a:\n  b: 1\n c: 2")]
    [InlineData("a: *nothing")]
    [InlineData("a: |\n  text")]
    [InlineData("a: {b: 1}")]
    [InlineData("a: 'b'")]
    [InlineData("a: \"b\\n\"")]
    [InlineData("a: b: c")]
    [InlineData("a:")]
    [InlineData("\ta: 1")]
    [InlineData("- a")]
    public void What_is_not_understood_is_refused(string text) => Assert.Throws<FormatException>(() => Read(text));

    private static IReadOnlyList<Dictionary<string, object>> Read(string text) => Yaml.Read(text.Split('\n'), "the text");
}
