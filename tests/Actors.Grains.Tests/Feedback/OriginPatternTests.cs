using Actors.Feedback;
using Xunit;

namespace Actors.Grains.Tests.Feedback;

public class OriginPatternTests
{
    [Theory]
    [InlineData("https://app.example.com", "https://app.example.com")]
    [InlineData("HTTPS://App.Example.COM", "https://app.example.com")]
    [InlineData("https://app.example.com:443", "https://app.example.com")]
    [InlineData("http://app.example.com:80", "http://app.example.com")]
    [InlineData("https://app.example.com:8443", "https://app.example.com:8443")]
    [InlineData("http://localhost:5173", "http://localhost:5173")]
    [InlineData("http://127.0.0.1:3000", "http://127.0.0.1:3000")]
    [InlineData("http://[::1]:3000", "http://[::1]:3000")]
    [InlineData("https://münchen.example", "https://xn--mnchen-3ya.example")]
    [InlineData("https://*.example.com", "https://*.example.com")]
    [InlineData("https://*.Example.com:8443", "https://*.example.com:8443")]
    [InlineData("http://*.localhost:5173", "http://*.localhost:5173")]
    [InlineData("capacitor://localhost", "capacitor://localhost")]
    [InlineData("chrome-extension://abcdefghijklmnop", "chrome-extension://abcdefghijklmnop")]
    public void An_origin_is_written_as_browsers_send_it(string text, string expected)
    {
        Assert.True(OriginPattern.TryParse(text, out var pattern, out var problem), problem);
        Assert.Equal(expected, pattern.Text);
    }

    [Theory]
    [InlineData("", OriginPattern.Format)]
    [InlineData("null", OriginPattern.Format)]
    [InlineData("app.example.com", OriginPattern.Format)]
    [InlineData("https://", OriginPattern.Format)]
    [InlineData("https://app.example.com/", OriginPattern.Format)]
    [InlineData("https://app.example.com/feedback", OriginPattern.Format)]
    [InlineData("https://app.example.com\\x", OriginPattern.Format)]
    [InlineData("https://app.example.com?x", OriginPattern.Format)]
    [InlineData("https://app.example.com#x", OriginPattern.Format)]
    [InlineData("https://user@app.example.com", OriginPattern.Format)]
    [InlineData("https://app.example.com:99999", OriginPattern.Format)]
    [InlineData("https://app.example.com:x", OriginPattern.Format)]
    [InlineData(" https://app.example.com", OriginPattern.Format)]
    [InlineData("https://app.example.com\n", OriginPattern.Format)]
    [InlineData("https://app_.example..com", OriginPattern.Format)]
    [InlineData("file:///index.html", OriginPattern.Format)]
    [InlineData("data:text/html,x", OriginPattern.Format)]
    [InlineData("*", OriginPattern.WildcardFormat)]
    [InlineData("https://*", OriginPattern.WildcardFormat)]
    [InlineData("https://*.com", OriginPattern.WildcardFormat)]
    [InlineData("https://*.com.", OriginPattern.WildcardFormat)]
    [InlineData("https://app-*.example.com", OriginPattern.WildcardFormat)]
    [InlineData("https://app.*.example.com", OriginPattern.WildcardFormat)]
    [InlineData("https://*.*.example.com", OriginPattern.WildcardFormat)]
    [InlineData("https://*.example.com/*", OriginPattern.WildcardFormat)]
    [InlineData("*://*.example.com", OriginPattern.WildcardFormat)]
    [InlineData("https://*.1.2.3.4", OriginPattern.WildcardFormat)]
    [InlineData("capacitor://*.example.com", OriginPattern.WildcardFormat)]
    public void What_is_no_origin_is_refused(string text, string expected)
    {
        Assert.False(OriginPattern.TryParse(text, out _, out var problem));
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void An_endless_origin_is_refused() => Assert.False(OriginPattern.TryParse($"https://{string.Join('.', Enumerable.Repeat("a", 200))}.example", out _, out _));

    [Theory]
    [InlineData("https://app.example.com", "https://app.example.com", true)]
    [InlineData("https://app.example.com", "https://APP.example.com", true)]
    [InlineData("https://app.example.com", "http://app.example.com", false)]
    [InlineData("https://app.example.com", "https://app.example.com:8443", false)]
    [InlineData("https://app.example.com", "https://app.example.com.evil.example", false)]
    [InlineData("https://app.example.com", "https://app.example.com,https://evil.example", false)]
    [InlineData("https://app.example.com", "null", false)]
    [InlineData("https://*.example.com", "https://a.example.com", true)]
    [InlineData("https://*.example.com", "https://a.b-2.example.com", true)]
    [InlineData("https://*.example.com", "https://A.EXAMPLE.com", true)]
    [InlineData("https://*.example.com", "https://example.com", false)]
    [InlineData("https://*.example.com", "https://.example.com", false)]
    [InlineData("https://*.example.com", "https://a..example.com", false)]
    [InlineData("https://*.example.com", "http://a.example.com", false)]
    [InlineData("https://*.example.com", "https://a.example.com:8443", false)]
    [InlineData("https://*.example.com:8443", "https://a.example.com:8443", true)]
    [InlineData("https://*.example.com", "https://evilexample.com", false)]
    [InlineData("https://*.example.com", "https://evil.example/a.example.com", false)]
    [InlineData("https://*.example.com", "https://evil.example#a.example.com", false)]
    [InlineData("https://*.example.com", "https://evil.example:1@a.example.com", false)]
    [InlineData("https://*.example.com", "https://evil.example, https://a.example.com", false)]
    [InlineData("https://*.example.com", "", false)]
    public void Only_what_an_entry_means_is_allowed(string entry, string origin, bool expected)
    {
        Assert.True(OriginPattern.TryParse(entry, out var pattern, out _));
        Assert.Equal(expected, pattern.Allows(origin));
    }
}
