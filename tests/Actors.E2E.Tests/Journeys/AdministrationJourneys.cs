using Deque.AxeCore.Playwright;

namespace Actors.E2E.Journeys;

/// <summary>Whoever runs the server looks at its actors.</summary>
public sealed class AdministrationJourneys(ProductInBrowser product) : IDisposable
{
    private const string Key = "the-key-of-whoever-runs-this-server";

    private readonly ScratchDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task With_a_key_the_dashboard_of_the_actors_is_behind_a_sign_in()
    {
        await using var silo = await SiloProcess.StartAsync(
            new SiloStart { DataDirectory = _data.Path, Keys = product.Keys, Environment = new Dictionary<string, string?> { ["ADMIN_API_KEY"] = Key } },
            TestContext.Current.CancellationToken);
        await using var visit = await Visit.OpenAsync(product.Browser, silo, $"/p/{product.Keys.ProjectId}/health", new VisitOptions());
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Administration" }).ClickAsync();
        await visit.Page.GetByLabel("The key of whoever runs this server").FillAsync(Key);
        var result = await visit.Page.RunAxe();
        Assert.DoesNotContain(result.Violations, v => v.Impact is "serious" or "critical");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Dashboard of the actors" }).ClickAsync();
        await Expect(visit.Page.GetByText("Total Activations").First).ToBeVisibleAsync();

        await visit.GoAsync("/admin");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(visit.Page.GetByLabel("The key of whoever runs this server")).ToBeVisibleAsync();
        visit.AssertQuiet();
    }
}
