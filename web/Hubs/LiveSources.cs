using Actors.Web.Model.Live;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Web.Hubs;

/// <summary>The sources that are read on this node: one per question, however many readers it has, and only while it has some.</summary>
internal sealed class LiveSources(
    LiveFeed feed, IGrainFactory grains, TimeProvider time, IOptions<LiveHubOptions> options, ILogger<LiveSources> logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<LiveQuestion, Entry> _entries = [];

    /// <summary>Questions that are being answered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Joins the readers of a question; <see cref="Leave"/> ends it. Null when the project asks too many different ones, and why.</summary>
    public ILiveSource? TryEnter(LiveQuestion question, out string? problem)
    {
        lock (_gate)
        {
            problem = null;
            if (!_entries.TryGetValue(question, out var entry))
            {
                var max = options.Value.MaxDifferentSubscriptionsPerProject;
                if (_entries.Keys.Count(q => q.Project == question.Project) >= max)
                {
                    problem = $"The project has {max} different subscriptions, the most it may have ({LiveHubOptions.Section}:{nameof(LiveHubOptions.MaxDifferentSubscriptionsPerProject)}).";
                    return null;
                }

                entry = new Entry(Create(question));
                _entries.Add(question, entry);
            }

            entry.Readers++;
            return entry.Source;
        }
    }

    /// <summary>Leaves the readers of a question.</summary>
    public void Leave(LiveQuestion question)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(question, out var entry) && --entry.Readers == 0)
            {
                _entries.Remove(question);
                entry.Stop.Cancel();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<Entry> entries;
        lock (_gate)
        {
            entries = [.. _entries.Values];
            _entries.Clear();
        }

        foreach (var entry in entries)
        {
            await entry.Stop.CancelAsync();
            await entry.Run;
        }
    }

    private ILiveSource Create(LiveQuestion question) => question switch
    {
        NumbersQuestion numbers => new NumbersSource(numbers, feed, time),
        TraceQuestion trace => new TraceSource(trace, grains, time, logger),
        TopQuestion top => new TopSource(top, grains, time, logger),
        _ => throw new ArgumentOutOfRangeException(nameof(question), question, "Nothing answers this question."),
    };

    private sealed class Entry
    {
        public Entry(ILiveSource source)
        {
            Source = source;
            Run = Task.Run(RunAsync);
        }

        public ILiveSource Source { get; }

        public CancellationTokenSource Stop { get; } = new();

        public Task Run { get; }

        public int Readers { get; set; }

        private async Task RunAsync()
        {
            try
            {
                await Source.RunAsync(Stop.Token);
            }
            catch (OperationCanceledException) when (Stop.IsCancellationRequested)
            {
                // The last reader has left.
            }
        }
    }
}
