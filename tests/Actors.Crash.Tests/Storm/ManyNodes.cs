namespace Actors.Crash;

/// <summary>
/// Speaks to any of several nodes, as a client behind a proxy does: a request without an answer, and one that is to come again
/// later, goes to the next node after a moment, byte for byte the same.
/// </summary>
internal sealed class ManyNodes : ITeller
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(40);

    private readonly IReadOnlyList<SiloClient> _clients;
    private readonly CancellationToken _until;
    private int _current;

    public ManyNodes(IEnumerable<Uri> addresses, ProjectKeys keys, int first, CancellationToken until)
    {
        _clients = [.. addresses.Select(a => new SiloClient(a, keys))];
        _clients.ToList().ForEach(c => c.Http.Timeout = RequestLimit);
        _current = first;
        _until = until;
    }

    public async Task<Answer?> AskAsync(Func<SiloClient, Task<Answer>> send)
    {
        while (!_until.IsCancellationRequested)
        {
            try
            {
                var answer = await send(_clients[_current % _clients.Count]);
                if (!IsToComeAgain(answer))
                {
                    return answer;
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
            {
                // The node is gone, or somebody behind it is.
            }

            _current++;
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }

        return null;
    }

    public void Dispose()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }
    }

    // Some events of a batch may be stored while others must come again: all of them may come again.
    private static bool IsToComeAgain(Answer answer) =>
        answer.Code is 429 or 502 or 503 or 504
        || (answer.Code == 207 && answer.Errors.Count > 0 && answer.Errors.All(e => e.Status is 429 or 503));
}
