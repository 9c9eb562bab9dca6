using System.Globalization;
using System.IO.Pipelines;
using Actors.Contracts;
using Actors.Web.Hubs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Web.Tests.Hubs;

/// <summary>
/// Goal: whoever joins at whatever moment, and reads at whatever pace, is told a chain without a gap that ends at the newest
/// value. Method: every interleaving of publishing, joining and reading is one order of single steps, so random orders of steps
/// are tried one after the other on one thread.
/// </summary>
public sealed class LiveSourceTests
{
    private const int Histories = 500;

    [Fact]
    public async Task Every_reader_is_told_a_chain_without_a_gap()
    {
        for (var seed = 0; seed < Histories; seed++)
        {
            var random = new Random(seed);
            var source = new CountingSource();
            var readers = new List<ChainReader>();
            for (var step = 0; step < 40; step++)
            {
                switch (random.Next(4))
                {
                    case 0:
                        source.Count(random.Next(1, 3));
                        break;
                    case 1 when readers.Count < 5:
                        readers.Add(new ChainReader(source));
                        break;
                    default:
                        if (readers.Count > 0)
                        {
                            await readers[random.Next(readers.Count)].TakeAsync();
                        }

                        break;
                }
            }

            foreach (var reader in readers)
            {
                await reader.DrainAsync();
                Assert.True(reader.Told == source.Newest, $"Seed {seed}: a reader knows {reader.Told} of {source.Newest}.");
                await reader.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task A_slow_reader_is_told_the_newest_in_one_step()
    {
        var source = new CountingSource();
        source.Count(1);
        await using var reader = new ChainReader(source);
        await reader.TakeAsync();

        for (var times = 0; times < 1_000; times++)
        {
            source.Count(1);
        }

        await reader.DrainAsync();
        Assert.Equal((1_001, 2), (reader.Told, reader.Messages));
    }

    [Fact]
    public async Task Readers_who_were_told_the_same_share_the_bytes()
    {
        var source = new CountingSource();
        source.Count(1);
        await using var first = new ChainReader(source);
        await using var second = new ChainReader(source);
        await first.TakeAsync();
        await second.TakeAsync();
        Assert.Same(first.Last, second.Last);

        source.Count(1);
        source.Count(1);
        await first.DrainAsync();
        await second.DrainAsync();
        Assert.Same(first.Last, second.Last);
        Assert.Equal(4, source.Written);
    }

    [Fact]
    public async Task A_client_that_does_not_read_makes_no_queue()
    {
        // The pipe stands for the socket: it takes a few events, and no more until they are read.
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 256, resumeWriterThreshold: 128, useSynchronizationContext: false));
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(pipe.Writer.AsStream()));
        using var gone = new CancellationTokenSource();
        context.RequestAborted = gone.Token;
        var source = new CountingSource();
        source.Count(1);
        var writing = EventStream.WriteAsync(context, source.ReadAsync(gone.Token), TimeSpan.FromMinutes(1), TimeProvider.System);
        for (var times = 0; times < 10_000; times++)
        {
            source.Count(1);
        }

        using var reader = new StreamReader(pipe.Reader.AsStream());
        var messages = 0;
        for (var newest = 0L; newest < source.Newest;)
        {
            var line = await reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            if (line!.StartsWith("id: ", StringComparison.Ordinal))
            {
                newest = long.Parse(line.AsSpan(4), CultureInfo.InvariantCulture);
                messages++;
            }
        }

        Assert.InRange(messages, 2, 100);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
    }

    [Fact]
    public async Task The_pace_is_that_of_the_schedule_and_not_of_late_timers()
    {
        var time = new FakeTimeProvider();
        var pace = new LivePace(time, TimeSpan.FromMilliseconds(500));
        var start = time.GetUtcNow();
        var passed = new List<double>();
        Assert.True(pace.WaitAsync(CancellationToken.None).IsCompleted);
        foreach (var late in new[] { 0, 30, 60, 0 })
        {
            var wait = pace.WaitAsync(CancellationToken.None);
            Assert.False(wait.IsCompleted);

            // Timers come late; the next moment does not move along.
            var due = start.AddMilliseconds(500 * (passed.Count + 1));
            time.Advance(due - time.GetUtcNow() + TimeSpan.FromMilliseconds(late));
            await wait;
            passed.Add((time.GetUtcNow() - start).TotalMilliseconds);
        }

        Assert.Equal([500, 1030, 1560, 2000], passed);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(pace.WaitAsync(CancellationToken.None).IsCompleted);
        Assert.False(pace.WaitAsync(CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Nobody_waits_on_after_cancelling()
    {
        using var stop = new CancellationTokenSource();
        await using var frames = new CountingSource().ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        var next = frames.MoveNextAsync().AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken));
    }

    /// <summary>A number that rises; a message says from where to where.</summary>
    private sealed class CountingSource : LiveSource<CountingSource.Number>
    {
        public sealed record Number(long Value);

        public long Newest { get; private set; }

        public int Written { get; private set; }

        public override Task RunAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Count(int steps) => Publish(new Number(Newest += steps));

        protected override LiveMessage Tell(Number? told, Number now)
        {
            Written++;
            return new LiveTraceMessage { Version = now.Value, TraceId = told is null ? "whole" : $"{told.Value}" };
        }
    }

    /// <summary>Checks that each message follows the one before.</summary>
    private sealed class ChainReader(CountingSource source) : IAsyncDisposable
    {
        private readonly IAsyncEnumerator<LiveFrame> _frames = source.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        private Task<bool>? _next;

        public long Told { get; private set; }

        public int Messages { get; private set; }

        public LiveFrame? Last { get; private set; }

        /// <summary>Takes a message when there is one.</summary>
        public async Task<bool> TakeAsync()
        {
            _next ??= _frames.MoveNextAsync().AsTask();
            if (!_next.IsCompleted && Told == source.Newest)
            {
                return false;
            }

            await _next;
            _next = null;
            Last = _frames.Current;
            var message = (LiveTraceMessage)System.Text.Json.JsonSerializer.Deserialize(Last.Json.Span, ContractsJsonContext.Default.LiveMessage)!;
            Assert.Equal(Messages == 0 ? "whole" : $"{Told}", message.TraceId);
            Told = message.Version;
            Messages++;
            return true;
        }

        public async Task DrainAsync()
        {
            while (await TakeAsync())
            {
            }
        }

        public async ValueTask DisposeAsync()
        {
            // An enumerator that waits cannot be disposed; the next value ends the wait.
            if (_next is null)
            {
                await _frames.DisposeAsync();
            }
        }
    }
}
