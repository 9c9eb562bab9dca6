using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Actors.E2E;

/// <summary>
/// A shop whose pages ask for feedback, on a web server of its own and so of another origin than the product; and a project of its
/// own, so that nobody else moves its tiles.
/// </summary>
internal sealed class FeedbackShop : IAsyncDisposable
{
    private readonly List<IBrowserContext> _visitors = [];
    private readonly ProductInBrowser _product;
    private readonly ProjectKeys _keys;
    private readonly WebApplication _pages;

    private FeedbackShop(ProductInBrowser product, ProjectKeys keys, WebApplication pages)
    {
        (_product, _keys, _pages) = (product, keys, pages);
        Client = new SiloClient(product.Silo.Address, keys);
    }

    /// <summary>The shop's server speaks to the product.</summary>
    public SiloClient Client { get; }

    /// <summary>The port of the pages; they answer under every name of this machine.</summary>
    public int Port => new Uri(_pages.Urls.Single()).Port;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<FeedbackShop> OpenAsync(ProductInBrowser product)
    {
        await NodePrograms.InstallAsync(Cancel);
        using var administrator = await Administrator.EnterAsync(product.Silo.Address, Cancel);
        var keys = await administrator.AddProjectAsync(Journeys.LiveJourneys.NewName("shop"), Cancel);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var pages = builder.Build();
        pages.UseFileServer(Of("", "samples", "feedback"));
        pages.UseFileServer(Of("/pages", "tests", "Actors.E2E.Tests", "Pages"));
        pages.UseFileServer(Of("/node_modules", "tests", "clients", "node_modules"));
        await pages.StartAsync(Cancel);
        return new FeedbackShop(product, keys, pages);
    }

    /// <summary>The owner of the shop looks at the live page.</summary>
    public async Task<Visit> LookAsync()
    {
        var live = await Visit.OpenAsync(_product.Browser, _product.Silo, $"/p/{_keys.ProjectId}/live", new VisitOptions());
        await Expect(live.Page.Locator("[data-live-state]")).ToHaveAttributeAsync("data-live-state", "live");
        return live;
    }

    /// <summary>A customer looks at a page.</summary>
    /// <param name="page">The page and its query, without the server and the key.</param>
    /// <param name="host">The name under which the shop is asked.</param>
    public async Task<IPage> EnterAsync(string page, string host = "shop.localhost")
    {
        var visitor = await _product.Browser.NewContextAsync();
        _visitors.Add(visitor);
        var opened = await visitor.NewPageAsync();
        await opened.GotoAsync($"http://{host}:{Port}/{page}&server={Uri.EscapeDataString(_product.Silo.Address.ToString().TrimEnd('/'))}&key={_keys.PublicKey}");
        return opened;
    }

    /// <summary>Says from where and how often the project takes scores.</summary>
    public async Task SetPolicyAsync(string policy)
    {
        using var content = new StringContent(policy, Encoding.UTF8, "application/json");
        using var answer = await Client.Http.PutAsync(new Uri("/api/public/actors/feedback", UriKind.Relative), content, Cancel);
        answer.EnsureSuccessStatusCode();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in _visitors)
        {
            await visitor.DisposeAsync();
        }

        await _pages.DisposeAsync();
        Client.Dispose();
    }

    private static FileServerOptions Of(string path, params string[] folder) =>
        new() { RequestPath = path, FileProvider = new PhysicalFileProvider(RepositoryRoot.Combine(folder)) };
}
