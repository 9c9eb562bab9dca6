namespace Actors.Components;

public sealed class MarkdownTests
{
    [Fact]
    public void Markdown_becomes_html() =>
        Assert.Equal("<p>a <strong>b</strong></p>", Markdown.ToHtml("a **b**")!.Trim());

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](data:text/html;base64,AAAA)")]
    [InlineData("![x](https://evil.example/pixel.png)")]
    [InlineData("<svg onload=alert(1)>")]
    [InlineData("`</code><script>alert(1)</script>`")]
    [InlineData("[x](vbscript:a \"onmouseover=alert(1)\")")]
    public void What_a_model_writes_cannot_run_or_load_anything(string text)
    {
        var html = Markdown.ToHtml(text)!;

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<svg", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"javascript", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"data", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"vbscript", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Links_open_elsewhere_and_tell_nobody() =>
        Assert.Contains("rel=\"noopener noreferrer nofollow\"", Markdown.ToHtml("[x](https://example.com)"));

    [Fact]
    public void Hostile_nesting_falls_back_to_text()
    {
        var html = Markdown.ToHtml(new string('>', 20_000) + "x");

        Assert.True(html is null || html.Length < 2_000_000);
    }
}
