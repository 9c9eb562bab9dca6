using System.Net;
using System.Text.RegularExpressions;

namespace Actors.Integration.Api;

/// <summary>What is for whoever runs the server is behind the sign-in, and the sign-in is hard to get around.</summary>
public sealed partial class AdministrationTests(RunningSilo silo) : IDisposable
{
    private const string Dashboard = "/admin/orleans/";

    private readonly ScratchDirectory _scratch = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("/admin/orleans")]
    [InlineData("/admin/orleans/")]
    [InlineData("/ADMIN/Orleans/index.html")]
    [InlineData("/admin/orleans/index.min.js")]
    [InlineData("/admin/orleans/DashboardCounters")]
    [InlineData("/admin/orleans/GrainState?grainId=x&grainType=y")]
    [InlineData("/admin/orleans/Trace")]
    [InlineData("/admin/orleans/img/../DashboardCounters")]
    [InlineData("/admin/orleans/nothing/here")]
    public async Task No_path_of_the_dashboard_answers_who_has_not_signed_in(string path)
    {
        using var visitor = new Visitor(silo.Silo.Address);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync(path, "*/*")).StatusCode);

        var page = await visitor.GetAsync(path);
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.StartsWith("/admin?returnUrl=", page.Headers.Location!.ToString(), StringComparison.Ordinal);

        using var forged = new Visitor(silo.Silo.Address);
        forged.Cookies.Add(silo.Silo.Address, new Cookie("actors.admin", "CfDJ8forged", "/admin"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await forged.GetAsync(path, "*/*")).StatusCode);
    }

    [Fact]
    public async Task Who_shows_the_key_is_led_to_the_dashboard_until_signing_out()
    {
        using var visitor = new Visitor(silo.Silo.Address);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.SignInAsync("not the key")).StatusCode);

        var answer = await visitor.SignInAsync(Administrator.AdminKey, Dashboard);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.EndsWith(Dashboard, answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("actors.admin=", StringComparison.Ordinal));
        foreach (var part in new[] { "path=/;", "samesite=lax", "httponly" })
        {
            Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains("Orleans Dashboard", await visitor.ReadAsync(Dashboard), StringComparison.Ordinal);
        Assert.Contains("totalActivationCount", await visitor.ReadAsync("/admin/orleans/DashboardCounters"), StringComparison.Ordinal);

        await visitor.PostAsync("/admin", "sign-out");
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync(Dashboard, "*/*")).StatusCode);
    }

    [Fact]
    public async Task A_form_of_another_site_signs_nobody_in()
    {
        using var visitor = new Visitor(silo.Silo.Address);
        var answer = await visitor.PostAsync("/admin", "sign-in", Administrator.AdminKey, withToken: false);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync(Dashboard, "*/*")).StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/admin/")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("evil.example")]
    public async Task Nobody_is_led_elsewhere_after_signing_in(string wanted)
    {
        using var visitor = new Visitor(silo.Silo.Address);
        var answer = await visitor.SignInAsync(Administrator.AdminKey, wanted);
        Assert.EndsWith("/admin", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_ends_with_its_key_and_a_key_is_not_found_by_trying()
    {
        using var visitor = await SignedInAsync("first key");
        await using var changed = await StartAsync("second key");
        using var back = new Visitor(changed.Address);
        back.Cookies.Add(changed.Address, visitor.Cookies.GetAllCookies());
        Assert.Equal(HttpStatusCode.Unauthorized, (await back.GetAsync(Dashboard, "*/*")).StatusCode);

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await back.SignInAsync("first key")).StatusCode);
        }

        var refused = await back.SignInAsync("second key");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task Elsewhere_the_pages_are_behind_the_sign_in_which_leads_back_to_them()
    {
        var page = $"/p/{silo.Keys.ProjectId}/health?range=1h";
        using var visitor = new Visitor(silo.Silo.Address);
        visitor.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/admin")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.GetAsync(page, "*/*")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.GetAsync("/_blazor/initializers", "*/*")).StatusCode);

        var led = await visitor.GetAsync(page);
        Assert.Equal(HttpStatusCode.Redirect, led.StatusCode);
        Assert.Equal($"/admin?returnUrl={Uri.EscapeDataString(page)}", led.Headers.Location!.ToString());
        var back = await visitor.SignInAsync(Administrator.AdminKey, page);
        Assert.EndsWith(page, back.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("Health", await visitor.ReadAsync(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/_blazor/initializers", "*/*")).StatusCode);
    }

    [Fact]
    public async Task A_proxy_that_ends_TLS_needs_no_header_to_be_believed()
    {
        await using var server = await SiloProcess.StartAsync(
            new SiloStart
            {
                DataDirectory = _scratch.Path,
                Environment = new Dictionary<string, string?> { ["ADMIN_API_KEY"] = "key", ["Actors__PublicUrl"] = "https://actors.example" },
            },
            Cancel);
        using var visitor = new Visitor(server.Address);
        visitor.Http.DefaultRequestHeaders.Host = "actors.example";
        var answer = await visitor.SignInAsync("key");
        Assert.Equal("https://actors.example/admin", answer.Headers.Location!.ToString());
        Assert.Contains("secure", answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("actors.admin=", StringComparison.Ordinal)), StringComparison.OrdinalIgnoreCase);
    }

    private async Task<Visitor> SignedInAsync(string key)
    {
        await using var server = await StartAsync(key);
        var visitor = new Visitor(server.Address);
        await visitor.SignInAsync(key);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(Dashboard)).StatusCode);
        return visitor;
    }

    private Task<SiloProcess> StartAsync(string key) => SiloProcess.StartAsync(
        new SiloStart { DataDirectory = _scratch.Path, Environment = new Dictionary<string, string?> { ["ADMIN_API_KEY"] = key } }, Cancel);

    /// <summary>Somebody with a browser: keeps cookies, fills in forms, follows nothing by itself.</summary>
    private sealed partial class Visitor : IDisposable
    {
        private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false };

        public Visitor(Uri address) => Http = new HttpClient(_handler) { BaseAddress = address };

        public HttpClient Http { get; }

        public CookieContainer Cookies => _handler.CookieContainer;

        public async Task<HttpResponseMessage> GetAsync(string path, string accept = "text/html")
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            request.Headers.TryAddWithoutValidation("Accept", accept);
            return await Http.SendAsync(request, Cancel);
        }

        public async Task<string> ReadAsync(string path) => await (await GetAsync(path)).EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancel);

        public Task<HttpResponseMessage> SignInAsync(string key, string? returnUrl = null) =>
            PostAsync(returnUrl is null ? "/admin" : $"/admin?returnUrl={Uri.EscapeDataString(returnUrl)}", "sign-in", key);

        public async Task<HttpResponseMessage> PostAsync(string path, string form, string? key = null, bool withToken = true)
        {
            var fields = new Dictionary<string, string> { ["_handler"] = form };
            if (key is not null)
            {
                fields["Shown"] = key;
            }

            if (withToken)
            {
                fields["__RequestVerificationToken"] = Token().Match(await ReadAsync(path)).Groups[1].Value;
            }

            using var content = new FormUrlEncodedContent(fields);
            return await Http.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
        }

        public void Dispose()
        {
            Http.Dispose();
            _handler.Dispose();
        }

        [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
        private static partial Regex Token();
    }
}
