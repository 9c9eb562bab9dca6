using Actors.Access;
using Actors.Feedback;
using Actors.Pricing;
using Actors.Prompts;
using Actors.Scoring;
using Actors.Storage.Access;
using Actors.Storage.Feedback;
using Actors.Storage.Postgres;
using Actors.Storage.Pricing;
using Actors.Storage.Prompts;
using Actors.Storage.Scoring;
using Actors.Testing;
using Actors.Testing.Postgres;
using Actors.Tracing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Storage.Control;

/// <summary>
/// Two nodes on one database: what one of them writes, the other one does not remember otherwise. The clocks of the caches stand,
/// so that nothing is read again because it is old.
/// </summary>
public sealed class ControlNodesTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly PostgresControlPlane _plane = new(server);
    private readonly SteppedClock _clock = new();
    private ControlDatabase _here = null!;
    private ControlDatabase _there = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static ProjectId One => ControlPlane.One;

    public async ValueTask InitializeAsync()
    {
        await _plane.InitializeAsync();
        _here = await _plane.ConnectNodeAsync(Ct);
        _there = await _plane.ConnectNodeAsync(Ct);
    }

    public ValueTask DisposeAsync() => _plane.DisposeAsync();

    [Fact]
    public async Task A_key_that_one_node_revokes_opens_nothing_on_another()
    {
        var (keys, directory) = (new ApiKeyStore(_here, _clock), new ProjectDirectory(_there, _clock));
        Assert.NotNull(await directory.FindBySecretKeyAsync("sk-lf-one", Ct));
        var told = HearAsync(_there, ControlSubjects.Access);

        Assert.True(await keys.DeleteAsync(new TeamScope("org", One), "pk-lf-one", Ct));

        Assert.Equal(One, await told);
        Assert.Null(await directory.FindBySecretKeyAsync("sk-lf-one", Ct));
        Assert.NotNull(await directory.FindBySecretKeyAsync("sk-lf-two", Ct));
    }

    [Fact]
    public async Task Whatever_one_node_changes_another_one_reads_anew()
    {
        var (prompts, morePrompts) = (Prompts(_here), Prompts(_there));
        var (configs, moreConfigs) = (new ScoreConfigStore(_here, _clock), new ScoreConfigStore(_there, _clock));
        var (policies, morePolicies) = (new FeedbackPolicyStore(_here, _clock), new FeedbackPolicyStore(_there, _clock));
        var models = new ModelStore(_here);
        var modelsTold = new TaskCompletionSource<ProjectId?>();
        new ModelStore(_there).Subscribe(project => modelsTold.TrySetResult(project));
        await prompts.AddAsync(One, Prompt("first"), Ct);
        var config = await configs.AddAsync(One, new ScoreConfigRecord { Id = "", Name = "old", DataType = ScoreDataType.Numeric }, Ct);
        Assert.Equal(1, (await morePrompts.FindAsync(One, new PromptSelector("p"), true, Ct)).Value!.Version);
        Assert.Single(await morePrompts.FindIdsAsync(One, [new("p", 1)], Ct));
        Assert.Equal("old", (await moreConfigs.FindAsync(One, [config.Id], Ct))[config.Id].Name);
        Assert.Same(FeedbackPolicy.Default, await morePolicies.GetAsync(One, Ct));

        // Changes are told in the order in which they were stored, so who has heard of the last one has heard of all.
        var told = HearAsync(_there, ControlSubjects.Feedback);
        await prompts.AddAsync(One, Prompt("second"), Ct);
        await prompts.DeleteAsync(One, "p", 1, null, Ct);
        await configs.ChangeAsync(One, config.Id, new ScoreConfigChange { Name = "new" }, Ct);
        await models.AddAsync(One, Model("m"), Ct);
        await policies.SetAsync(One, FeedbackPolicy.Default with { ScoresPerMinutePerKey = 7 }, Ct);
        await told;

        Assert.Equal(2, (await morePrompts.FindAsync(One, new PromptSelector("p"), true, Ct)).Value!.Version);
        Assert.Empty(await morePrompts.FindIdsAsync(One, [new("p", 1)], Ct));
        Assert.Equal("new", (await moreConfigs.FindAsync(One, [config.Id], Ct))[config.Id].Name);
        Assert.Equal(7, (await morePolicies.GetAsync(One, Ct)).ScoresPerMinutePerKey);
        Assert.Equal(One, await modelsTold.Task.WaitAsync(Limit, Ct));
    }

    [Fact]
    public async Task A_deleted_project_wakes_the_eraser_of_another_node()
    {
        using var projects = new ProjectStore(_here, _clock);
        using var elsewhere = new ProjectStore(_there, _clock);
        var woken = elsewhere.WaitForErasureAsync(Ct);

        Assert.True(await projects.DeleteAsync("org", One.Value, Ct));

        await woken.WaitAsync(Limit, Ct);
        Assert.Equal([One], await elsewhere.ListErasuresAsync(Ct));
    }

    [Fact]
    public async Task What_was_missed_while_the_connection_was_lost_is_read_anew()
    {
        var directory = new ProjectDirectory(_there, _clock);
        Assert.Equal("one", (await directory.FindAsync(One, Ct))!.Name);
        await _plane.ExecuteAsync("UPDATE projects SET name = 'renamed' WHERE id = 'one'");
        Assert.Equal("one", (await directory.FindAsync(One, Ct))!.Name);

        var (lost, back) = (new TaskCompletionSource(), new TaskCompletionSource());
        _there.Changes.Subscribe(ControlSubjects.All, _ => { }, () => _ = lost.TrySetResult() || back.TrySetResult());
        await _plane.ExecuteAsync($"""
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = '{NodeListener.ApplicationName}'
            """);

        await back.Task.WaitAsync(Limit, Ct);
        Assert.Equal("renamed", (await directory.FindAsync(One, Ct))!.Name);

        var told = HearAsync(_there, ControlSubjects.Feedback);
        await new FeedbackPolicyStore(_here, _clock).SetAsync(ControlPlane.Two, FeedbackPolicy.Default, Ct);
        Assert.Equal(ControlPlane.Two, await told);
    }

    [Fact]
    public async Task A_change_that_failed_is_told_to_nobody()
    {
        var told = HearAsync(_there, ControlSubjects.Feedback);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _here.WriteAsync<int>(
            new ControlChange(ControlSubjects.Feedback, One), _ => throw new InvalidOperationException(), Ct));
        await _here.WriteAsync(new ControlChange(ControlSubjects.Feedback, ControlPlane.Two), _ => Task.FromResult(0), Ct);

        Assert.Equal(ControlPlane.Two, await told);
    }

    [Fact]
    public async Task Writers_of_two_nodes_make_one_revision_each()
    {
        var nodes = new[] { new ModelStore(_here), new ModelStore(_there) };

        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => nodes[i % 2].AddAsync(One, Model($"m-{i}"), Ct)));

        Assert.Equal(Enumerable.Range(1, 16), (await nodes[0].ReadAsync(One, Ct)).Models.Select(m => m.AddedIn));
    }

    [Fact]
    public async Task A_node_that_freezes_in_a_change_loses_it_and_makes_it_again()
    {
        using var frozen = PostgresControlPlane.Open(_plane.ConnectionString, idleLimit: TimeSpan.FromSeconds(1));
        var (isIn, wake) = (new TaskCompletionSource(), new TaskCompletionSource());
        var runs = 0;
        var change = Task.Run(
            () => frozen.WriteAsync(
                async context =>
                {
                    runs++;
                    isIn.TrySetResult();
                    await wake.Task;
                    var project = await context.Projects.SingleAsync(p => p.Id == "one", Ct);
                    project.Name += " changed";
                    return project.Name;
                },
                Ct),
            Ct);
        await isIn.Task.WaitAsync(Limit, Ct);

        await _here.WriteAsync(async context => (await context.Projects.SingleAsync(p => p.Id == "one", Ct)).Name = "meanwhile", Ct);
        wake.SetResult();

        Assert.Equal("meanwhile changed", await change.WaitAsync(Limit, Ct));
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task One_node_at_a_time_has_the_turn_and_loses_it_with_its_connection()
    {
        var (isIn, isLost) = (new TaskCompletionSource(), new TaskCompletionSource());
        var work = _here.Turns.TryRunAsync(
            "work",
            async turn =>
            {
                turn.Register(() => isLost.TrySetResult());
                isIn.TrySetResult();
                await isLost.Task;
                turn.ThrowIfCancellationRequested();
            },
            Ct);
        await isIn.Task.WaitAsync(Limit, Ct);
        Assert.False(await _there.Turns.TryRunAsync("work", _ => throw new InvalidOperationException("It is not its turn."), Ct));
        Assert.True(await _there.Turns.TryRunAsync("other work", _ => Task.CompletedTask, Ct));

        var waiting = _there.Turns.RunAsync("work", _ => Task.CompletedTask, Ct);
        await _plane.ExecuteAsync("""
            SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """);

        await waiting.WaitAsync(Limit, Ct);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.WaitAsync(Limit, Ct));
    }

    private static async Task<ProjectId?> HearAsync(ControlDatabase node, ControlSubjects subjects)
    {
        var told = new TaskCompletionSource<ProjectId?>();
        node.Changes.Subscribe(subjects, project => told.TrySetResult(project), () => { });
        return await told.Task.WaitAsync(Limit, Ct);
    }

    private PromptStore Prompts(ControlDatabase node) => new(node, _clock, NullLogger<PromptStore>.Instance);

    private static NewPrompt Prompt(string text) => new()
    {
        Name = "p", Type = PromptType.Text, Content = $"\"{text}\"", Config = "{}", Labels = ["production"], CreatedBy = "API",
    };

    private static ModelDefinition Model(string id) => new()
    {
        Id = id,
        Name = id,
        MatchPattern = $"^{id}$",
        CreatedAt = DateTimeOffset.UnixEpoch,
        Tiers = [new(id + "-0", "Standard", 0, [], [new("input", 1)])],
    };
}
