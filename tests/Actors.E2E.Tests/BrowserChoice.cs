namespace Actors.E2E;

/// <summary>
/// Which browser: <c>E2E_BROWSER_PATH</c>, else the system's Chromium, else the one that Playwright downloads.
/// <c>E2E_HEADED=1</c> shows it.
/// </summary>
internal static class BrowserChoice
{
    private const string SystemChromium = "/usr/bin/chromium";

    public static BrowserTypeLaunchOptions Options
    {
        get
        {
            var chosen = Environment.GetEnvironmentVariable("E2E_BROWSER_PATH");
            var path = !string.IsNullOrEmpty(chosen) ? chosen : File.Exists(SystemChromium) ? SystemChromium : null;
            var headed = Environment.GetEnvironmentVariable("E2E_HEADED") == "1";
            return new BrowserTypeLaunchOptions
            {
                ExecutablePath = path,
                Headless = !headed,
                Args =
                [
                    .. path is null || headed ? Array.Empty<string>() : ["--headless"],
                    // Containers run as root and have no graphics; tests need nothing from the network.
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            };
        }
    }
}
