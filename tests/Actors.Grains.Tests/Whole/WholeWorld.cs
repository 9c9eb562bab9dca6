using Actors.Grains.Tests.Clusters;
using Actors.Live;
using Actors.Tracing;

namespace Actors.Grains.Tests.Whole;

/// <summary>One project of the product and what happens to it.</summary>
internal sealed class WholeWorld(WholeProduct product)
{
    private static int _worlds;

    private readonly ProjectId _project = new($"world-{Interlocked.Increment(ref _worlds)}");
    private readonly List<(StreamId Stream, IReadOnlyList<StreamEvent> Events)> _said = [];
    private readonly Dictionary<StreamId, long> _versions = [];

    /// <summary>Says something of a stream.</summary>
    /// <param name="stream">Which stream.</param>
    /// <param name="events">What is said.</param>
    /// <param name="age">How long ago it happened; negative: a client's clock is ahead.</param>
    public Task SayAsync(StreamId stream, IReadOnlyList<StreamEvent> events, TimeSpan age) =>
        AppendAsync(stream, [.. events.Select(e => Earlier(OwnOf(stream, e), age))]);

    /// <summary>Says again what was said before, as clients do whose answer got lost.</summary>
    public Task RepeatAsync(int which) =>
        _said.Count == 0 ? Task.CompletedTask : AppendAsync(_said[which % _said.Count].Stream, _said[which % _said.Count].Events);

    public async Task DeleteAsync(StreamId stream)
    {
        var receivedAt = product.Clock.GetUtcNow();
        if (await Grain(stream).DeleteAsync().Bounded())
        {
            await product.Said.DeleteStreamAsync(
                new LogDeletion { Project = _project, Stream = stream, Version = ++_versions[stream], AppendId = Guid.NewGuid(), ReceivedAt = receivedAt },
                CancellationToken.None);
        }
    }

    /// <summary>Somebody looks at live numbers, which are then kept.</summary>
    public Task LookAsync(LiveScope scope) => Scope(scope).GrainOf(product.Grains).GetSnapshotAsync(LiveChecks.All).Bounded();

    public Task DeactivateAsync(StreamId stream) => product.DeactivateAsync(Grain(stream));

    public Task DeactivateAsync(LiveScope scope) => product.DeactivateAsync(Scope(scope).GrainOf(product.Grains));

    public Task PassAsync(TimeSpan time)
    {
        product.Clock.Advance(time);
        return Task.CompletedTask;
    }

    public Task RestartAsync(bool isAbrupt) => product.RestartAsync(isAbrupt);

    /// <summary>Compares everything with what was said.</summary>
    public Task CheckAsync(IEnumerable<LiveScope> scopes) => new WholeChecks(product, _project).CheckAsync([.. scopes.Select(Scope)]);

    private ITraceGrain Grain(StreamId stream) => product.Grains.GetGrain<ITraceGrain>(GrainKey.ForStream(_project, stream));

    private LiveScope Scope(LiveScope scope) => scope with { Project = _project };

    private async Task AppendAsync(StreamId stream, IReadOnlyList<StreamEvent> events)
    {
        var receivedAt = product.Clock.GetUtcNow();
        var ack = await Grain(stream).AppendAsync(new StreamAppend(events, receivedAt)).Bounded();
        _said.Add((stream, events));
        _versions[stream] = ack.Version;
        await product.Said.AppendAsync(
            new LogAppend
            {
                Project = _project,
                Stream = stream,
                Version = ack.Version,
                AppendId = Guid.NewGuid(),
                PriceBook = Tracing.TestPrices.Books.InForce,
                ReceivedAt = receivedAt,
                Events = events,
            },
            CancellationToken.None);
    }

    // Ids are unique in a project, and what has no text has no tokens to be counted.
    private static StreamEvent OwnOf(StreamId stream, StreamEvent e) => e switch
    {
        ObservationEvent o => o with
        {
            ObservationId = $"{stream.Id}-{o.ObservationId}",
            ParentObservationId = o.ParentObservationId is { } parent ? $"{stream.Id}-{parent}" : null,
            Input = null,
            Output = null,
            InputTokens = null,
            OutputTokens = null,
        },
        ScoreEvent s => s with
        {
            ScoreId = $"{stream.Id}-{s.ScoreId}",
            ObservationId = s.ObservationId is { } on && stream.Kind == StreamKind.Trace ? $"{stream.Id}-{on}" : null,
        },
        ScoreDeletedEvent s => s with { ScoreId = $"{stream.Id}-{s.ScoreId}" },
        _ => e,
    };

    private static StreamEvent Earlier(StreamEvent e, TimeSpan age) => e switch
    {
        TraceEvent t => t with { Timestamp = t.Timestamp - age, StartedAt = t.StartedAt - age },
        ObservationEvent o => o with
        {
            Timestamp = o.Timestamp - age,
            StartTime = o.StartTime - age,
            EndTime = o.EndTime - age,
            CompletionStartTime = o.CompletionStartTime - age,
        },
        _ => e with { Timestamp = e.Timestamp - age },
    };
}
