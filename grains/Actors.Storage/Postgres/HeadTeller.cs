using Actors.Tracing;
using Microsoft.Extensions.Logging;

namespace Actors.Storage.Postgres;

/// <summary>
/// Tells other nodes how far this one has written: at once when nothing was told lately, and else all projects together after a
/// pause. Not in the transaction that writes: commits that notify take turns at one lock of the whole server, so that writers
/// of different projects would wait for each other. What is not told, because this node dies before, others notice by
/// <see cref="HeadPoll"/>. Safe for concurrent use.
/// </summary>
/// <param name="tell">Tells the heads of some projects.</param>
/// <param name="time">The clock of the pause.</param>
/// <param name="logger">The log.</param>
internal sealed partial class HeadTeller(
    Func<IReadOnlyCollection<KeyValuePair<ProjectId, long>>, Task> tell, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    /// <summary>The least time between two statements.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _closing = new();
    private Dictionary<ProjectId, long> _news = [];
    private Task _running = Task.CompletedTask;
    private bool _isRunning;

    /// <summary>Notes that a project has rows up to a position.</summary>
    public void Advance(ProjectId project, long position)
    {
        lock (_gate)
        {
            if (_closing.IsCancellationRequested)
            {
                return;
            }

            _news[project] = Math.Max(position, _news.GetValueOrDefault(project));
            if (!_isRunning)
            {
                _isRunning = true;
                _running = Task.Run(RunAsync);
            }
        }
    }

    /// <summary>Tells nothing more when it returns.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closing.Cancel();
        }

        await _running;
    }

    private async Task RunAsync()
    {
        var hasFailed = false;
        while (TryTake() is { } news)
        {
            try
            {
                await tell(news);
                hasFailed = false;
            }
            catch (EventLogUnavailableException e)
            {
                if (!hasFailed && !_closing.IsCancellationRequested)
                {
                    LogFailed(e, news.Count);
                }

                hasFailed = true;
            }

            await Task.Delay(Pause, time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Dictionary<ProjectId, long>? TryTake()
    {
        lock (_gate)
        {
            _isRunning = _news.Count > 0 && !_closing.IsCancellationRequested;
            if (!_isRunning)
            {
                return null;
            }

            var news = _news;
            _news = [];
            return news;
        }
    }
}
