namespace Actors.E2E.Screenshots;

/// <summary>
/// Takes the pictures of the documentation from the demo, as a newcomer sees it after a minute. A tool rather than a test: it
/// runs when <c>E2E_SCREENSHOTS</c> names the folder, such as <c>docs/images</c>.
/// </summary>
public sealed class ScreenshotTool(ProductInBrowser product)
{
    private const string Demo = "/p/support-copilot";

    // Longer than the window that the live page shows.
    private static readonly TimeSpan FirstMinute = TimeSpan.FromSeconds(70);

    [Fact]
    public async Task The_demo_is_photographed_in_both_themes()
    {
        var folder = Environment.GetEnvironmentVariable("E2E_SCREENSHOTS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "E2E_SCREENSHOTS does not name a folder.");
        var target = Path.GetFullPath(folder!, RepositoryRoot.Path);
        Directory.CreateDirectory(target);

        using var data = new ScratchDirectory();
        await using var silo = await SiloProcess.StartAsync(
            new SiloStart { DataDirectory = data.Path, Keys = ProjectKeys.New("my-project"), Arguments = ["--demo"] },
            TestContext.Current.CancellationToken);
        await Task.Delay(FirstMinute, TimeProvider.System, TestContext.Current.CancellationToken);
        foreach (var light in new[] { false, true })
        {
            var theme = light ? "light" : "dark";
            await using var visit = await Visit.OpenAsync(product.Browser, silo, $"{Demo}/live", new VisitOptions { Light = light });
            await visit.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('[data-chart]')].every(c => c.dataset.points > 30)");
            await ShootAsync(visit, target, $"live-{theme}");

            await visit.GoAsync($"{Demo}/traces");
            await Expect(visit.Page.Locator("[data-row]").Nth(20)).ToBeVisibleAsync();
            await ShootAsync(visit, target, $"traces-{theme}");

            await visit.GoAsync(await TellingTraceAsync(visit));
            await Expect(visit.Page.Locator("[data-span]").First).ToBeVisibleAsync();
            await visit.Page.Locator("[data-span].k-generation").Last.ClickAsync();
            await visit.Page.Mouse.MoveAsync(0, 0);
            await Expect(visit.Page.Locator("[data-span][aria-selected=true]")).ToBeVisibleAsync();
            await ShootAsync(visit, target, $"trace-{theme}");

            foreach (var board in new[] { "cost", "latency" })
            {
                await visit.GoAsync($"{Demo}/dashboards/{board}?range=1h");
                await Expect(visit.Page.Locator("[data-state=loading]")).ToHaveCountAsync(0);
                await ShootAsync(visit, target, $"dashboard-{board}-{theme}");
            }

            await visit.GoAsync($"{Demo}/health");
            await Expect(visit.Page.Locator("[data-part] td").First).ToBeVisibleAsync();
            await ShootAsync(visit, target, $"health-{theme}");
            visit.AssertQuiet();
        }
    }

    // The costliest finished trace on the screen has the most to show.
    private static Task<string> TellingTraceAsync(Visit visit) => visit.Page.EvaluateAsync<string>("""
        () => [...document.querySelectorAll('[data-row]')]
          .filter(row => !row.textContent.includes('Running'))
          .map(row => [Math.max(...[...row.querySelectorAll('.n')].map(n => parseFloat(n.textContent.replace(/[^0-9.]/g, '')) || 0)), row.querySelector('a').getAttribute('href')])
          .sort((a, b) => b[0] - a[0])[0][1]
        """);

    private static Task<byte[]> ShootAsync(Visit visit, string folder, string name) =>
        visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
}
