using System.Text.Json.Nodes;

namespace Actors.Crash;

/// <summary>Some scripts that are told together, one request per step, and how far the server has acknowledged them.</summary>
internal sealed class Story(IReadOnlyList<Script> scripts)
{
    private readonly string[] _doomed = [.. scripts.Select(s => s.Doomed).OfType<string>()];

    // How many steps of each script were read back; it may never be less again.
    private readonly Dictionary<Script, int> _found = [];
    private bool _isSettled = true;

    public IReadOnlyList<Script> Scripts => scripts;

    /// <summary>Requests that were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Whether the next request was sent and its answer never came.</summary>
    public bool InDoubt { get; private set; }

    public bool IsOver => Acknowledged == Script.StepCount + (_doomed.Length > 0 ? 1 : 0);

    /// <summary>What is known to be stored.</summary>
    public IEnumerable<Told> Told() => scripts.Select(s => s.At(Steps(s)));

    /// <summary>Sends the next step; one in doubt is sent again, byte for byte.</summary>
    /// <returns>False: the server was gone.</returns>
    /// <exception cref="InvalidOperationException">The server answered, but not with success for every event.</exception>
    public async Task<bool> TellAsync(ITeller teller)
    {
        (InDoubt, _isSettled) = (true, false);
        if (!(Acknowledged < Script.StepCount ? await SendAsync(teller, Acknowledged) : await DeleteAsync(teller)))
        {
            return false;
        }

        InDoubt = false;
        Acknowledged++;
        return true;
    }

    /// <summary>Sends once more what was acknowledged before, as clients do whose answer got lost: it must change nothing.</summary>
    /// <returns>False: the server was gone.</returns>
    public async Task<bool> RepeatAsync(ITeller teller, Random random) =>
        Acknowledged > Script.StepCount || await SendAsync(teller, random.Next(Acknowledged));

    /// <summary>How many steps of a script may be there: a step in doubt is there or it is not, until it has been looked for.</summary>
    public IEnumerable<int> Possible(Script script)
    {
        var least = Steps(script);
        return InDoubt && !_isSettled && least == Acknowledged ? [least, least + 1] : [least];
    }

    /// <summary>How many steps of a script are known to be there.</summary>
    public int Steps(Script script) => Math.Max(Acknowledged, _found.GetValueOrDefault(script));

    /// <summary>Notes what was read back.</summary>
    public void Found(Script script, int steps) => _found[script] = steps;

    /// <summary>All has been looked for: from here on a step in doubt must stay as it was found.</summary>
    public void Settle() => _isSettled = true;

    private async Task<bool> SendAsync(ITeller teller, int step)
    {
        // The events of several traces alternate, as they do when a busy application flushes.
        var events = scripts.SelectMany(s => s.Steps[step].Select((e, i) => (Event: e, Order: i))).OrderBy(e => e.Order).Select(e => e.Event).ToList();
        var answer = await teller.AskAsync(client => client.PostBatchAsync(new JsonArray([.. events.Select(e => e.DeepClone())])));
        return answer is null || (answer.Code == 207 && answer.Errors.Count == 0 && answer.Successes.Order().SequenceEqual(events.Select(Wire.IdOf).Order()))
            ? answer is not null
            : throw new InvalidOperationException($"Step {step + 1} of {scripts[0].At(step + 1).Id}, of which {Acknowledged} are known, was answered by {answer}");
    }

    private async Task<bool> DeleteAsync(ITeller teller)
    {
        var answer = await teller.AskAsync(client => client.DeleteAsync(
            "/api/public/traces",
            new JsonObject { ["traceIds"] = new JsonArray([.. _doomed.Select(id => (JsonNode)id)]) }));
        return answer is null || answer.Code == 200
            ? answer is not null
            : throw new InvalidOperationException($"The deletion of {_doomed[0]} was answered by {answer}");
    }
}
