namespace Actors.LoadGen.Load;

/// <summary>What the loader knows for sure about what it sent. Safe for concurrent callers.</summary>
internal sealed class Tally
{
    private readonly Lock _lock = new();

    /// <summary>Events that the server acknowledged.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Events whose fate is unknown: the connection broke, or the server said 5xx.</summary>
    public long Unknown { get; private set; }

    /// <summary>Events that the server refused.</summary>
    public long Refused { get; private set; }

    /// <summary>Traces whose events were all acknowledged.</summary>
    public long Traces { get; private set; }

    /// <summary>What the acknowledged model calls cost.</summary>
    public decimal CostUsd { get; private set; }

    /// <summary>Whether every event that was sent was acknowledged, so that all counts must be exact.</summary>
    public bool IsExact => Unknown == 0 && Refused == 0;

    /// <summary>Takes the answer to one request.</summary>
    public void Add(int sent, PostOutcome outcome, int traces, decimal costUsd)
    {
        lock (_lock)
        {
            Acknowledged += outcome.Acknowledged;
            if (outcome.Acknowledged == sent)
            {
                Traces += traces;
                CostUsd += costUsd;
            }
            else if (outcome.IsUnknown)
            {
                Unknown += sent - outcome.Acknowledged;
            }
            else
            {
                Refused += sent - outcome.Acknowledged;
            }
        }
    }
}

/// <summary>The answer to one request.</summary>
/// <param name="Acknowledged">Events that are durable.</param>
/// <param name="IsUnknown">Whether the rest may be stored all the same.</param>
internal readonly record struct PostOutcome(int Acknowledged, bool IsUnknown);
