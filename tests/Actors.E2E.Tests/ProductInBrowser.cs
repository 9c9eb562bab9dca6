namespace Actors.E2E;

/// <summary>One real server with some traces in it, and one browser.</summary>
public sealed class ProductInBrowser : IAsyncLifetime
{
    private readonly ScratchDirectory _data = new();
    private IPlaywright? _playwright;

    public ProjectKeys Keys { get; } = ProjectKeys.New("e2e");

    public SiloProcess Silo { get; private set; } = null!;

    public IBrowser Browser { get; private set; } = null!;

    /// <summary>The id of a nested trace, for whoever only looks.</summary>
    public string FirstTrace { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Silo = await SiloProcess.StartAsync(
            new SiloStart { DataDirectory = _data.Path, Keys = Keys, Environment = Administrator.Variables }, CancellationToken.None);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(BrowserChoice.Options);
        FirstTrace = await FlushOneAsync("first");
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (Silo is not null)
        {
            await Silo.DisposeAsync();
        }

        _data.Dispose();
    }

    /// <summary>Opens a page of the project in a window of its own.</summary>
    public Task<Visit> VisitAsync(string path, VisitOptions? options = null) =>
        Visit.OpenAsync(Browser, Silo, $"/p/{Keys.ProjectId}/{path}", options ?? new VisitOptions());

    /// <summary>Sends one nested trace through an unmodified SDK.</summary>
    /// <returns>The trace's id, when the server has acknowledged it.</returns>
    public Task<string> FlushOneAsync(string name, int inputTokens = 1000) => SdkProgram.FlushOneAsync(Silo.Address, Keys, name, inputTokens);
}
