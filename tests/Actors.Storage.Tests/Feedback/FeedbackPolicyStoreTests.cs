using Actors.Feedback;
using Actors.Storage.Control;
using Actors.Testing;

namespace Actors.Storage.Feedback;

public sealed class FeedbackPolicyStoreTests : ControlTest
{
    private readonly SteppedClock _clock = new();
    private readonly FeedbackPolicyStore _policies;

    public FeedbackPolicyStoreTests() => _policies = new FeedbackPolicyStore(Database, _clock);

    [Fact]
    public async Task A_project_that_has_set_nothing_has_the_default()
    {
        Assert.Same(FeedbackPolicy.Default, await _policies.GetAsync(One, Ct));
    }

    [Fact]
    public async Task A_policy_is_read_back_as_it_was_set_and_replaced_as_a_whole()
    {
        Assert.True(await _policies.SetAsync(One, Policy(5, "https://app.example.com", "https://*.example.com:8443"), Ct));
        Assert.Equal(("https://app.example.com https://*.example.com:8443", 5, 10), await ReadAsync(new(Database, _clock), One));

        Assert.True(await _policies.SetAsync(One, Policy(7), Ct));
        Assert.Equal(("", 7, 14), await ReadAsync(new(Database, _clock), One));
        Assert.Same(FeedbackPolicy.Default, await _policies.GetAsync(Two, Ct));
    }

    [Fact]
    public async Task A_change_is_seen_at_once_here_and_soon_elsewhere()
    {
        var elsewhere = new FeedbackPolicyStore(Database, _clock);
        await _policies.GetAsync(One, Ct);
        await elsewhere.GetAsync(One, Ct);

        await _policies.SetAsync(One, Policy(5), Ct);

        Assert.Equal(("", 5, 10), await ReadAsync(_policies, One));
        Assert.Same(FeedbackPolicy.Default, await elsewhere.GetAsync(One, Ct));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(("", 5, 10), await ReadAsync(elsewhere, One));
    }

    [Fact]
    public async Task What_the_database_said_last_holds_while_it_fails()
    {
        await _policies.SetAsync(One, Policy(5), Ct);
        await _policies.GetAsync(One, Ct);
        await ExecuteAsync("ALTER TABLE feedback_policies RENAME TO gone");

        Assert.Equal(("", 5, 10), await ReadAsync(_policies, One));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(("", 5, 10), await ReadAsync(_policies, One));
    }

    [Fact]
    public async Task A_project_that_is_gone_gets_no_policy() => Assert.False(await _policies.SetAsync(new ProjectId("gone"), Policy(5), Ct));

    [Fact]
    public async Task Changes_at_once_leave_one_of_them_whole()
    {
        await Task.WhenAll(Enumerable.Range(1, 20).Select(n => Task.Run(() => _policies.SetAsync(One, Policy(n, $"https://app-{n}.example"), Ct), Ct)));

        var (origins, perKey, perAddress) = await ReadAsync(_policies, One);
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
