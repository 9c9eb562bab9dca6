using Actors.Queries;
using Actors.Web.Ingestion;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Web.Tests.Overload;

public sealed class ReadModelLagTests
{
    private static readonly ProjectId Project = new("one");

    private readonly FakeTimeProvider _time = new();
    private readonly FakeGrains _grains = new();
    private readonly IngestionOptions _options = new() { MaxReadModelLag = TimeSpan.FromSeconds(30) };
    private readonly ReadModelLag _lag;

    public ReadModelLagTests() => _lag = new ReadModelLag(GrainFactoryProxy.Create(() => _grains), Options.Create(_options), _time);

    [Theory]
    [InlineData(0, 100)]
    [InlineData(30, 100)]
    [InlineData(60, 50)]
    [InlineData(120, 25)]
    [InlineData(3_000, 1)]
    public async Task The_further_behind_the_fewer_come_in_and_never_none(int seconds, int admitted) =>
        Assert.Equal(admitted, await AdmittedOfHundredAsync(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(AnalyticsState.CatchingUp)]
    [InlineData(AnalyticsState.Failing)]
    public async Task One_that_is_built_anew_or_broken_slows_nobody(AnalyticsState state) =>
        Assert.Equal(100, await AdmittedOfHundredAsync(TimeSpan.FromHours(5), state));

    [Fact]
    public async Task Zero_means_never_and_asks_nothing()
    {
        _options.MaxReadModelLag = TimeSpan.Zero;
        Assert.Equal(100, await AdmittedOfHundredAsync(TimeSpan.FromHours(5)));
        Assert.Equal(0, _grains.Analytics.StatusCalls);
    }

    [Fact]
    public async Task One_that_does_not_answer_slows_nobody()
    {
        _grains.Analytics.Failure = new TimeoutException();
        Assert.Equal(100, await AdmittedOfHundredAsync(TimeSpan.FromHours(5)));
    }

    [Fact]
    public async Task It_is_asked_once_a_second_while_somebody_sends()
    {
        for (var i = 0; i < 1_000; i++)
        {
            _lag.Admits(Project);
            await _lag.SettleAsync(Project);
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal(10, _grains.Analytics.StatusCalls);
    }

    [Fact]
    public async Task What_was_seen_before_a_silence_is_forgotten()
    {
        await LookAsync(TimeSpan.FromHours(1), AnalyticsState.Following);
        Assert.False(_lag.Admits(Project));
        _grains.Analytics.Failure = new TimeoutException();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(_lag.Admits(Project));
    }

    [Fact]
    public async Task Other_projects_go_on()
    {
        await LookAsync(TimeSpan.FromHours(1), AnalyticsState.Following);
        Assert.False(_lag.Admits(Project));
        _grains.Analytics.Status = new AnalyticsStatus(1, 1, TimeSpan.Zero);
        Assert.True(_lag.Admits(new ProjectId("two")));
        Assert.False(_lag.Admits(Project));
    }

    private async Task<int> AdmittedOfHundredAsync(TimeSpan lag, AnalyticsState state = AnalyticsState.Following)
    {
        await LookAsync(lag, state);
        return Enumerable.Range(0, 100).Count(_ => _lag.Admits(Project));
    }

    private Task LookAsync(TimeSpan lag, AnalyticsState state)
    {
        _grains.Analytics.Status = new AnalyticsStatus(1, 2, lag, state);
        _lag.Admits(Project);
        return _lag.SettleAsync(Project);
    }
}
