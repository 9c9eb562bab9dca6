using System.Data.Common;
using Actors.Feedback;
using Actors.Storage.Control;
using Actors.Testing;
using Actors.Testing.Postgres;

namespace Actors.Storage.Feedback;

public abstract class FeedbackPolicyStoreTests(ControlPlane plane) : ControlTest(plane)
{
    private readonly SteppedClock _clock = new();

    private FeedbackPolicyStore Policies => field ??= new FeedbackPolicyStore(Database, _clock);

    [Fact]
    public async Task A_project_that_has_set_nothing_has_the_default()
    {
        Assert.Same(FeedbackPolicy.Default, await Policies.GetAsync(One, Ct));
    }

    [Fact]
    public async Task A_policy_is_read_back_as_it_was_set_and_replaced_as_a_whole()
    {
        Assert.True(await Policies.SetAsync(One, Policy(5, "https://app.example.com", "https://*.example.com:8443"), Ct));
        Assert.Equal(("https://app.example.com https://*.example.com:8443", 5, 10), await ReadAsync(new(Database, _clock), One));

        Assert.True(await Policies.SetAsync(One, Policy(7), Ct));
        Assert.Equal(("", 7, 14), await ReadAsync(new(Database, _clock), One));
        Assert.Same(FeedbackPolicy.Default, await Policies.GetAsync(Two, Ct));
    }

    [Fact]
    public async Task A_change_is_seen_at_once_and_one_that_nobody_tells_of_soon()
    {
        await Policies.GetAsync(One, Ct);
        await Policies.SetAsync(One, Policy(5), Ct);
        Assert.Equal(("", 5, 10), await ReadAsync(Policies, One));

        await ExecuteAsync("UPDATE feedback_policies SET scores_per_minute_per_key = 6");
        Assert.Equal(("", 5, 10), await ReadAsync(Policies, One));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(("", 6, 10), await ReadAsync(Policies, One));
    }

    [Fact]
    public async Task What_the_database_said_last_holds_for_a_while_when_it_fails()
    {
        await Policies.SetAsync(One, Policy(5), Ct);
        await Policies.GetAsync(One, Ct);
        await ExecuteAsync("ALTER TABLE feedback_policies RENAME TO gone");

        Assert.Equal(("", 5, 10), await ReadAsync(Policies, One));
        _clock.Advance(ControlOutage.Patience - TimeSpan.FromSeconds(1));
        Assert.Equal(("", 5, 10), await ReadAsync(Policies, One));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<DbException>(() => ReadAsync(Policies, One));
    }

    [Fact]
    public async Task A_project_that_is_gone_gets_no_policy() => Assert.False(await Policies.SetAsync(new ProjectId("gone"), Policy(5), Ct));

    [Fact]
    public async Task Changes_at_once_leave_one_of_them_whole()
    {
        await Task.WhenAll(Enumerable.Range(1, 20).Select(n => Task.Run(() => Policies.SetAsync(One, Policy(n, $"https://app-{n}.example"), Ct), Ct)));

        var (origins, perKey, perAddress) = await ReadAsync(Policies, One);
        Assert.Equal(($"https://app-{perKey}.example", 2 * perKey), (origins, perAddress));
    }

    private static async Task<(string Origins, int PerKey, int PerAddress)> ReadAsync(FeedbackPolicyStore policies, ProjectId project)
    {
        var policy = await policies.GetAsync(project, Ct);
        return (string.Join(' ', policy.AllowedOrigins.Select(o => o.Text)), policy.ScoresPerMinutePerKey, policy.ScoresPerMinutePerAddress);
    }

    private static FeedbackPolicy Policy(int perKey, params string[] origins) => new()
    {
        AllowedOrigins = [.. origins.Select(o => OriginPattern.TryParse(o, out var pattern, out var problem) ? pattern : throw new FormatException(problem))],
        ScoresPerMinutePerKey = perKey,
        ScoresPerMinutePerAddress = 2 * perKey,
    };
}

public sealed class SqliteFeedbackPolicyStoreTests() : FeedbackPolicyStoreTests(new SqliteControlPlane());

public sealed class PostgresFeedbackPolicyStoreTests(PostgresServer server) : FeedbackPolicyStoreTests(new PostgresControlPlane(server));
