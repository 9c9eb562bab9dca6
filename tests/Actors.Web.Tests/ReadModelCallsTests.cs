using Actors.Queries;
using Actors.Web.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Web.Tests;

/// <summary>A long query is told from a silo that stands still.</summary>
public sealed class ReadModelCallsTests : IAsyncDisposable
{
    private readonly HastyClock _time = new();
    private readonly FakeAnalytics _model = new();
    private readonly ServiceProvider _services;
    private readonly DefaultHttpContext _context;

    public ReadModelCallsTests()
    {
        _services = new ServiceCollection().AddSingleton<TimeProvider>(_time).BuildServiceProvider();
        _context = new DefaultHttpContext { RequestServices = _services };
    }

    [Fact]
    public async Task A_long_query_is_waited_for_while_its_silo_shows_signs_of_life()
    {
        var (calls, pings) = (0, 0);
        var answer = new TaskCompletionSource<int>();
        _model.Ping = () =>
        {
            if (++pings == 5)
            {
                answer.SetResult(7);
            }

            return Task.CompletedTask;
        };

        Assert.Equal(7, await _model.ReadAsync(_ => CallAsync(), _context));
        Assert.Equal(1, calls);

        Task<int> CallAsync()
        {
            calls++;
            return answer.Task;
        }
    }

    [Fact]
    public async Task A_query_whose_silo_shows_none_is_asked_again()
    {
        var calls = 0;
        _model.Ping = () => Task.FromException(new TimeoutException());

        var read = _model.ReadAsync(_ => ++calls == 1 ? new TaskCompletionSource<int>().Task : Task.FromResult(7), _context);

        Assert.Equal(7, await read);
    }

    [Fact]
    public async Task A_query_that_nobody_ever_answers_is_given_up_when_others_should_long_have_taken_over()
    {
        var since = _time.GetTimestamp();
        _model.Ping = () => Task.FromException(new TimeoutException());

        var read = _model.ReadAsync(_ => new TaskCompletionSource<int>().Task, _context);

        await Assert.ThrowsAsync<TimeoutException>(() => read);
        Assert.InRange(_time.GetElapsedTime(since).TotalSeconds, 12, 20);
    }

    [Fact]
    public async Task A_query_that_was_too_much_is_not_asked_again()
    {
        var calls = 0;

        await Assert.ThrowsAsync<QueryTooLongException>(() => _model.ReadAsync<int>(
            _ =>
            {
                calls++;
                return Task.FromException<int>(new QueryTooLongException("20 s"));
            },
            _context));

        Assert.Equal(1, calls);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task That_nobody_answers_is_503_with_a_time_to_come_back(string method)
    {
        _context.Request.Method = method;

        await new ApiErrors(_ => throw new TimeoutException(), NullLogger<ApiErrors>.Instance).InvokeAsync(_context);

        Assert.Equal(503, _context.Response.StatusCode);
        Assert.Equal(1, _context.Response.Headers.RetryAfter.Count);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>A clock on which every wait is over at once, and has taken its time.</summary>
    private sealed class HastyClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _now);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Add(ref _now, dueTime.Ticks);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
