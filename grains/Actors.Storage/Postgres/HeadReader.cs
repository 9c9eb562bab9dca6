namespace Actors.Storage.Postgres;

/// <summary>
/// Reads heads for many callers: one statement is under way at a time, and who comes meanwhile shares the next one, for all
/// their projects. So each gets what is true after its call, at the price of two statements at most.
/// </summary>
/// <param name="read">Reads the heads of some projects; those without rows may be missing.</param>
internal sealed class HeadReader(Func<IReadOnlyCollection<ProjectId>, Task<Dictionary<ProjectId, long>>> read)
{
    private readonly Lock _gate = new();
    private Round _next = new();
    private bool _running;

    /// <summary>The project's head, read after this call; 0 when it has no rows.</summary>
    public async Task<long> GetAsync(ProjectId project, CancellationToken cancellationToken)
    {
        Round round;
        var starts = false;
        lock (_gate)
        {
            round = _next;
            round.Projects.Add(project);
            if (!_running)
            {
                _running = starts = true;
            }
        }

        if (starts)
        {
            _ = Task.Run(RunAsync, CancellationToken.None);
        }

        return (await round.Done.Task.WaitAsync(cancellationToken)).GetValueOrDefault(project);
    }

    private async Task RunAsync()
    {
        while (true)
        {
            Round round;
            lock (_gate)
            {
                if (_next.Projects.Count == 0)
                {
                    _running = false;
                    return;
                }

                round = _next;
                _next = new Round();
            }

            try
            {
                round.Done.SetResult(await read(round.Projects));
            }
            catch (Exception e)
            {
                round.Done.SetException(e);
            }
        }
    }

    private sealed class Round
    {
        public HashSet<ProjectId> Projects { get; } = [];

        public TaskCompletionSource<Dictionary<ProjectId, long>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
