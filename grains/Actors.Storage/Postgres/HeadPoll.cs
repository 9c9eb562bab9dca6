using Actors.Storage.Log;
using Actors.Tracing;
using Microsoft.Extensions.Logging;

namespace Actors.Storage.Postgres;

/// <summary>
/// Notices what other nodes have appended and did not tell, because they died before or were not heard: while somebody waits
/// for a project, one statement asks now and then for the heads of all waited-for projects. When nobody waits, nothing runs.
/// </summary>
/// <param name="heads">Where who waits is woken.</param>
/// <param name="raise">Reads the heads of some projects and raises those of <paramref name="heads"/>.</param>
/// <param name="interval">The pause before each statement.</param>
/// <param name="time">The clock of the pause.</param>
/// <param name="logger">The log.</param>
internal sealed partial class HeadPoll(
    ProjectHeads heads,
    Func<IReadOnlyCollection<ProjectId>, Task> raise,
    TimeSpan interval,
    TimeProvider time,
    ILogger logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ProjectId, int> _waiting = [];
    private readonly CancellationTokenSource _closing = new();
    private TaskCompletionSource _soon = NewSource();
    private Task _running = Task.CompletedTask;
    private bool _isRunning;

    /// <summary>Completes when the project's head has passed <paramref name="position"/>.</summary>
    public async Task WaitAsync(ProjectId project, long position, CancellationToken cancellationToken)
    {
        Enter(project);
        try
        {
            await heads.WaitAsync(project, position, cancellationToken);
        }
        finally
        {
            Leave(project);
        }
    }

    /// <summary>Asks without a pause, because others may have told what was not heard.</summary>
    public void AskSoon()
    {
        lock (_gate)
        {
            _soon.TrySetResult();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _running;
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Enter(ProjectId project)
    {
        lock (_gate)
        {
            _waiting[project] = _waiting.GetValueOrDefault(project) + 1;
            if (!_isRunning && !_closing.IsCancellationRequested)
            {
                _isRunning = true;
                _running = Task.Run(RunAsync);
            }
        }
    }

    private void Leave(ProjectId project)
    {
        lock (_gate)
        {
            if (--_waiting[project] == 0)
            {
                _waiting.Remove(project);
            }
        }
    }

    private async Task RunAsync()
    {
        var hasFailed = false;
        while (true)
        {
            await Soon().WaitAsync(interval, time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (TryBegin() is not { } projects)
            {
                return;
            }

            try
            {
                await raise(projects);
                hasFailed = false;
            }
            catch (EventLogUnavailableException e)
            {
                if (!hasFailed && !_closing.IsCancellationRequested)
                {
                    LogFailed(e, projects.Length);
                }

                hasFailed = true;
            }
        }
    }

    private Task Soon()
    {
        lock (_gate)
        {
            return _soon.Task;
        }
    }

    private ProjectId[]? TryBegin()
    {
        lock (_gate)
        {
            if (_soon.Task.IsCompleted)
            {
                _soon = NewSource();
            }

            _isRunning = _waiting.Count > 0 && !_closing.IsCancellationRequested;
            return _isRunning ? [.. _waiting.Keys] : null;
        }
    }
}
