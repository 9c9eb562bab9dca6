namespace Actors.Crash;

/// <summary>Several writers at once, each on a connection of its own, until the server is gone or it is enough.</summary>
internal sealed class Load(int round, IEnumerable<Story> carriedOver, int maxStories = 600, TimeSpan pause = default)
{
    private const int Writers = 6;
    private const int Names = 20;
    private const int Sessions = 4;

    private readonly Queue<Story> _carriedOver = new(carriedOver);
    private readonly List<Story> _stories = [];
    private readonly int[] _acknowledged = new int[Writers];
    private readonly Lock _lock = new();

    /// <summary>How many requests of each writer were acknowledged.</summary>
    public IReadOnlyList<int> Acknowledged => [.. _acknowledged];

    /// <summary>Why a writer has ended early; null: none has.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>All that was told, whole or not.</summary>
    public IReadOnlyList<Story> Stories
    {
        get
        {
            lock (_lock)
            {
                return [.. _stories];
            }
        }
    }

    /// <summary>The name of the traces that begin in this round. Names come again: live numbers have places for thirty.</summary>
    public static string NameOf(int round) => $"round-{round % Names:00}";

    /// <summary>Writes until <paramref name="until"/> or until no writer has an answer any more.</summary>
    public Task RunAsync(Func<int, ITeller> newTeller, CancellationToken until) =>
        Task.WhenAll(Enumerable.Range(1, Writers).Select(writer => Task.Run(() => NoteFailureAsync(WriteAsync(writer, newTeller(writer), Seed.For(round, writer), until)), CancellationToken.None)));

    private async Task NoteFailureAsync(Task writing)
    {
        try
        {
            await writing;
        }
        catch (Exception e)
        {
            Failure ??= e;
            throw;
        }
    }

    private async Task WriteAsync(int writer, ITeller newTeller, Random random, CancellationToken until)
    {
        using var teller = newTeller;
        while (!until.IsCancellationRequested && Next(random) is { } story)
        {
            while (!story.IsOver && !until.IsCancellationRequested)
            {
                if (!await story.TellAsync(teller) || (random.Next(8) == 0 && !await story.RepeatAsync(teller, random)))
                {
                    return;
                }

                _acknowledged[writer - 1]++;
                if (pause > TimeSpan.Zero)
                {
                    await Task.Delay(pause, TimeProvider.System, CancellationToken.None);
                }
            }
        }
    }

    private Story? Next(Random random)
    {
        lock (_lock)
        {
            if (_stories.Count == maxStories)
            {
                return null;
            }

            if (!_carriedOver.TryDequeue(out var story))
            {
                story = NewStory(random, TimeProvider.System.GetUtcNow());
            }

            _stories.Add(story);
            return story;
        }
    }

    private Story NewStory(Random random, DateTimeOffset now)
    {
        var scripts = new List<Script>();
        for (var traces = random.Next(1, 4); traces > 0; traces--)
        {
            scripts.Add(new TraceScript(new TraceTraits(NameOf(round), random, now), random));
        }

        if (random.Next(3) == 0)
        {
            scripts.Add(new SessionScoreScript(TraceTraits.SessionOf(NameOf(round), random.Next(Sessions)), random, now));
        }

        return new Story(scripts);
    }
}
