using System.Text.Json.Nodes;

namespace Actors.E2E.Journeys;

/// <summary>Sessions and users: a conversation while it is held, and what is left of a user who is to be forgotten.</summary>
public sealed class PeopleJourneys(ProductInBrowser product)
{
    [Fact]
    public async Task A_session_is_one_conversation_that_grows_and_shows_where_it_went_wrong()
    {
        var session = LiveJourneys.NewName("session");
        await SendTurnAsync($"one-{session}", session, "u-talk", "Where is my order of Monday?", "On its way.");
        await using var visit = await product.VisitAsync($"sessions/{session}");
        var thread = visit.Page.Locator($"[data-thread='{session}']");
        await Expect(thread.GetByText("Where is my order of Monday?")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("[data-first-trouble]")).ToHaveCountAsync(0);

        await SendTurnAsync($"two-{session}", session, "u-talk", "And where is my order of Monday?", "I cannot say.");
        await Expect(visit.Page.Locator("[data-turn='2']")).ToBeVisibleAsync();
        await Expect(thread.GetByText("I cannot say.")).ToBeVisibleAsync();
        await product.Silo.Client.PostBatchAsync(
            [Wire.Score($"score-{session}", $"two-{session}", TimeProvider.System.GetUtcNow(), 0)], TestContext.Current.CancellationToken);
        await Expect(visit.Page.Locator("[data-first-trouble='2']")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("[data-turn='2']").GetByText("poor helpful 0")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("[data-turn='2']").GetByText("asked in turn 1 already")).ToBeVisibleAsync();

        await visit.Page.Keyboard.PressAsync("w");
        await Expect(visit.Page.Locator("[data-turn='2'][aria-current=true]")).ToBeVisibleAsync();
        Assert.EndsWith("turn=2", visit.Page.Url, StringComparison.Ordinal);

        await visit.GoAsync($"/p/{product.Keys.ProjectId}/sessions");
        await Expect(visit.Page.Locator($"[data-row='{session}']")).ToBeVisibleAsync();
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_user_is_forgotten_after_a_look_at_what_goes()
    {
        var (user, session) = (LiveJourneys.NewName("user"), LiveJourneys.NewName("session"));
        var trace = $"one-{session}";
        await SendTurnAsync(trace, session, user, "My address is Elm Street 7.", "Noted.");
        await SendTurnAsync($"two-{session}", session, user, "Forget it again.", "I would if I could.");
        await product.Silo.Client.PostBatchAsync(
            [Wire.Score($"score-{session}", trace, TimeProvider.System.GetUtcNow())], TestContext.Current.CancellationToken);

        await using var visit = await product.VisitAsync($"users/{user}?tab=erase");
        var card = visit.Page.Locator("[data-erase-state]");
        await Expect(card.Locator("[data-goes=traces]")).ToHaveTextAsync("2");
        await Expect(card.Locator("[data-goes=sessions]")).ToHaveTextAsync("1");
        await Expect(card.Locator("[data-goes=scores]")).ToHaveTextAsync("1");
        var erase = card.GetByRole(AriaRole.Button, new() { Name = "Erase for ever" });
        await Expect(erase).ToBeDisabledAsync();

        await card.GetByRole(AriaRole.Textbox).FillAsync(user);
        await erase.ClickAsync();
        await Expect(card).ToHaveAttributeAsync("data-erase-state", "Done");
        await Expect(card.GetByText("Nothing is stored of this user.")).ToBeVisibleAsync();

        await visit.GoAsync($"/p/{product.Keys.ProjectId}/traces/{trace}");
        await Expect(visit.Page.GetByText("There is no such trace yet")).ToBeVisibleAsync();
        Assert.DoesNotContain(product.Silo.Output.Lines, line => line.Contains(user, StringComparison.Ordinal));
        visit.AssertQuiet();
    }

    private async Task SendTurnAsync(string id, string session, string user, string asked, string said)
    {
        var now = TimeProvider.System.GetUtcNow();
        var trace = Wire.Trace(id, now, "turn");
        var body = trace["body"]!;
        (body["sessionId"], body["userId"], body["output"]) = (session, user, said);
        body["input"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = asked });
        await product.Silo.Client.PostBatchAsync([trace, Wire.Generation($"generation-{id}", id, now)], TestContext.Current.CancellationToken);
    }
}
