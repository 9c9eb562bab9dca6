using System.Text.Json.Nodes;

namespace Actors.Crash;

/// <summary>Some traces that are told together, one request per step, and how far the server has acknowledged them.</summary>
internal sealed class Story(IReadOnlyList<TraceScript> traces)
{
    // How many steps of each trace were read back; it may never be less again.
    private readonly Dictionary<TraceScript, int> _found = [];
    private bool _isSettled = true;

    public IReadOnlyList<TraceScript> Traces => traces;

    /// <summary>Requests that were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Whether the next request was sent and its answer never came.</summary>
    public bool InDoubt { get; private set; }

    public bool IsOver => Acknowledged == TraceScript.StepCount;

    /// <summary>Sends the next step; one in doubt is sent again, byte for byte.</summary>
    /// <returns>False: the server was gone.</returns>
    /// <exception cref="InvalidOperationException">The server answered, but not with success for every event.</exception>
    public async Task<bool> TellAsync(SiloClient client)
    {
        // The events of several traces alternate, as they do when a busy application flushes.
        var events = traces.SelectMany(t => t.Steps[Acknowledged].Select((e, i) => (Event: e, Order: i))).OrderBy(e => e.Order).Select(e => e.Event).ToList();
        var isAgain = InDoubt;
        (InDoubt, _isSettled) = (true, false);
        Answer answer;
        try
        {
            answer = await client.PostBatchAsync(new JsonArray([.. events.Select(e => e.DeepClone())]));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return false;
        }

        if (answer.Code != 207 || answer.Errors.Count > 0 || !answer.Successes.Order().SequenceEqual(events.Select(Wire.IdOf).Order()))
        {
            throw new InvalidOperationException($"{(isAgain ? "A repeated" : "A")} step {Acknowledged + 1} of {traces[0].Id} was answered by {answer}");
        }

        InDoubt = false;
        Acknowledged++;
        return true;
    }

    /// <summary>How many steps of a trace may be there: a step in doubt is there or it is not, until it has been looked for.</summary>
    public IEnumerable<int> Possible(TraceScript trace)
    {
        var least = Steps(trace);
        return InDoubt && !_isSettled && least == Acknowledged ? [least, least + 1] : [least];
    }

    /// <summary>How many steps of a trace are known to be there.</summary>
    public int Steps(TraceScript trace) => Math.Max(Acknowledged, _found.GetValueOrDefault(trace));

    /// <summary>Notes what was read back.</summary>
    public void Found(TraceScript trace, int steps) => _found[trace] = steps;

    /// <summary>All traces have been looked for: from here on a step in doubt must stay as it was found.</summary>
    public void Settle() => _isSettled = true;
}
