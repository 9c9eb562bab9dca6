using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Actors.E2E;

/// <summary>
/// A shop whose pages ask for feedback, on a web server of its own and so of another origin than the product; and a product of its
/// own, so that nobody else moves its tiles.
/// </summary>
internal sealed class FeedbackShop : IAsyncDisposable
{
    private readonly ScratchDirectory _data = new();
    private readonly List<IBrowserContext> _visitors = [];
    private readonly IBrowser _browser;
    private WebApplication _pages = null!;

    private FeedbackShop(IBrowser browser) => _browser = browser;

    public ProjectKeys Keys { get; } = ProjectKeys.New("shop");

    public SiloProcess Silo { get; private set; } = null!;

    /// <summary>The port of the pages; they answer under every name of this machine.</summary>
    public int Port { get; private set; }

    public static async Task<FeedbackShop> OpenAsync(IBrowser browser)
    {
        var shop = new FeedbackShop(browser);
        try
        {
            await shop.StartAsync(TestContext.Current.CancellationToken);
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    /// <summary>A customer looks at a page.</summary>
    /// <param name="page">The page and its query, without the server and the key.</param>
    /// <param name="host">The name under which the shop is asked.</param>
    public async Task<IPage> EnterAsync(string page, string host = "shop.localhost")
    {
        var visitor = await _browser.NewContextAsync();
        _visitors.Add(visitor);
        var opened = await visitor.NewPageAsync();
        await opened.GotoAsync($"http://{host}:{Port}/{page}&server={Uri.EscapeDataString(Silo.Address.ToString().TrimEnd('/'))}&key={Keys.PublicKey}");
        return opened;
    }

    /// <summary>Says from where and how often the project takes scores.</summary>
    public async Task SetPolicyAsync(string policy)
    {
        using var content = new StringContent(policy, System.Text.Encoding.UTF8, "application/json");
        using var answer = await Silo.Client.Http.PutAsync(new Uri("/api/public/actors/feedback", UriKind.Relative), content, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in _visitors)
        {
            await visitor.DisposeAsync();
        }

        if (_pages is not null)
        {
            await _pages.DisposeAsync();
        }

        if (Silo is not null)
        {
            await Silo.DisposeAsync();
        }

        _data.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        Silo = await SiloProcess.StartAsync(new SiloStart { DataDirectory = _data.Path, Keys = Keys }, cancellationToken);
        await NodePrograms.InstallAsync(cancellationToken);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _pages = builder.Build();
        _pages.UseFileServer(Of("", "samples", "feedback"));
        _pages.UseFileServer(Of("/pages", "tests", "Actors.E2E.Tests", "Pages"));
        _pages.UseFileServer(Of("/node_modules", "tests", "clients", "node_modules"));
        await _pages.StartAsync(cancellationToken);
        Port = new Uri(_pages.Urls.Single()).Port;
    }

    private static FileServerOptions Of(string path, params string[] folder) =>
        new() { RequestPath = path, FileProvider = new PhysicalFileProvider(RepositoryRoot.Combine(folder)) };
}
