namespace Actors.E2E;

/// <summary>How a page is looked at.</summary>
public sealed record VisitOptions
{
    public bool Light { get; init; }

    public int Width { get; init; } = 1440;

    public int Height { get; init; } = 900;
}

/// <summary>A window of its own, and everything that went wrong in it.</summary>
public sealed class Visit : IAsyncDisposable
{
    private const float Patience = 10_000;

    private static readonly string[] Bad = [" warn: ", " fail: ", " crit: "];

    private readonly List<string> _complaints = [];
    private readonly OutputLog _serverLog;
    private readonly int _logged;

    private Visit(IBrowserContext context, IPage page, OutputLog serverLog)
    {
        (Context, Page, _serverLog, _logged) = (context, page, serverLog, serverLog.Lines.Count);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Complain($"console: {message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => Complain($"error: {error}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                Complain($"{response.Status}: {response.Url}");
            }
        };
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    internal static async Task<Visit> OpenAsync(IBrowser browser, SiloProcess silo, string path, VisitOptions options)
    {
        var server = silo.Address;
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = server.ToString(),
            ViewportSize = new ViewportSize { Width = options.Width, Height = options.Height },
            Locale = "en-GB",
            TimezoneId = "UTC",
        });
        context.SetDefaultTimeout(Patience);
        if (options.Light)
        {
            await context.AddCookiesAsync([new Cookie { Name = "actors-theme", Value = "light", Url = server.ToString() }]);
        }

        var visit = new Visit(context, await context.NewPageAsync(), silo.Output);
        await visit.GoAsync(path);
        return visit;
    }

    /// <summary>Opens an address and waits until the page answers to clicks and keys: markup alone does not.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await InteractiveAsync();
    }

    /// <summary>Loads the page again.</summary>
    public async Task ReloadAsync()
    {
        await Page.ReloadAsync();
        await InteractiveAsync();
    }

    /// <summary>Nothing went wrong in the window, nor on the server meanwhile.</summary>
    public void AssertQuiet()
    {
        lock (_complaints)
        {
            Assert.Empty(_complaints);
        }

        Assert.Empty(ServerFailures);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Context.DisposeAsync();

        // Only shown when the test fails: why the server may be the reason.
        foreach (var line in ServerFailures)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(line);
        }
    }

    private IEnumerable<string> ServerFailures => _serverLog.Lines
        .Skip(_logged)
        .Where(l => Bad.Any(b => l.Contains(b, StringComparison.Ordinal)));

    private Task InteractiveAsync() => Page.Locator("[data-interactive=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    private void Complain(string what)
    {
        lock (_complaints)
        {
            _complaints.Add(what);
        }
    }
}
