using Actors.Access;
using Actors.Prompts;
using Actors.Storage.Comments;
using Actors.Storage.Prompts;
using Actors.Testing;
using Actors.Testing.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Storage.Control;

/// <summary>A server that stops and starts again: what is in memory is answered, everything else is refused, and it heals.</summary>
public sealed class ControlOutageTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly PostgresServer _server = new();
    private readonly SteppedClock _clock = new();
    private PostgresControlPlane _plane = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static ProjectId One => ControlPlane.One;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _plane = new PostgresControlPlane(_server);
        await _plane.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task What_is_in_memory_is_answered_for_a_while_and_the_rest_refused_until_the_server_is_back()
    {
        var node = await _plane.ConnectNodeAsync(Ct);
        var directory = new ProjectDirectory(node, _clock);
        var prompts = new PromptStore(node, _clock, NullLogger<PromptStore>.Instance);
        var comments = new CommentStore(node, _clock);
        await prompts.AddAsync(One, Prompt("first"), Ct);
        Assert.NotNull(await directory.FindBySecretKeyAsync("sk-lf-one", Ct));
        Assert.NotNull((await prompts.FindAsync(One, new PromptSelector("p"), true, Ct)).Value);
        var (lost, back) = (new TaskCompletionSource(), new TaskCompletionSource());
        node.Changes.Subscribe(ControlSubjects.All, _ => { }, () => _ = lost.TrySetResult() || back.TrySetResult());

        await _server.StopAsync();
        await lost.Task.WaitAsync(Limit, Ct);

        _clock.Advance(ControlOutage.Patience - TimeSpan.FromSeconds(1));
        Assert.NotNull(await directory.FindBySecretKeyAsync("sk-lf-one", Ct));
        Assert.NotNull((await prompts.FindAsync(One, new PromptSelector("p"), true, Ct)).Value);
        await RefusedAsync(() => directory.FindBySecretKeyAsync("sk-lf-two", Ct).AsTask());
        await RefusedAsync(() => prompts.FindAsync(One, new PromptSelector("other"), true, Ct).AsTask());
        await RefusedAsync(() => prompts.AddAsync(One, Prompt("second"), Ct));
        await RefusedAsync(() => comments.FindAsync(One, "c", Ct));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await RefusedAsync(() => directory.FindBySecretKeyAsync("sk-lf-one", Ct).AsTask());
        await RefusedAsync(() => prompts.FindAsync(One, new PromptSelector("p"), true, Ct).AsTask());

        await _server.StartAsync(Ct);
        await back.Task.WaitAsync(Limit, Ct);

        Assert.NotNull(await directory.FindBySecretKeyAsync("sk-lf-one", Ct));
        Assert.Equal(2, (await prompts.AddAsync(One, Prompt("second"), Ct)).Value!.Version);
        Assert.Equal(2, (await prompts.FindAsync(One, new PromptSelector("p"), true, Ct)).Value!.Version);
        Assert.Null(await comments.FindAsync(One, "c", Ct));
    }

    [Fact]
    public async Task A_connection_that_broke_in_the_pool_is_nobodys_error()
    {
        var comments = new CommentStore(_plane.Database, _clock);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => comments.FindAsync(One, "c", Ct)));
        await _server.StopAsync();
        await _server.StartAsync(Ct);

        Assert.Null(await comments.FindAsync(One, "c", Ct));
        await _server.StopAsync();
        await _server.StartAsync(Ct);
        var id = await comments.AddAsync(One, Actors.Comments.CommentObject.Trace, "t", "text", null, Ct);
        Assert.NotNull(await comments.FindAsync(One, id, Ct));
    }

    private static Task<ControlPlaneUnavailableException> RefusedAsync(Func<Task> ask) => Assert.ThrowsAsync<ControlPlaneUnavailableException>(ask);

    private static NewPrompt Prompt(string text) => new()
    {
        Name = "p", Type = PromptType.Text, Content = $"\"{text}\"", Config = "{}", Labels = ["production"], CreatedBy = "API",
    };
}
