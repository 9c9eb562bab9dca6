namespace Actors.Web.Ingestion;

/// <summary>A way in for events.</summary>
internal enum IngestDoor
{
    Batch,
    Single,
    Score,
    Otlp,
    Grpc,
}

/// <summary>A request that was let in: holds its bytes until it is answered, and tells then how long that took.</summary>
internal sealed class Admitted(InFlightBudget.Lease lease, IngestDoor door, WebInstruments instruments, TimeProvider time) : IDisposable
{
    private readonly long _since = time.GetTimestamp();
    private int _answered;

    /// <summary>Corrects the count once the real size is known.</summary>
    public void Resize(int bytes) => lease.Resize(bytes);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _answered, 1) == 0)
        {
            lease.Dispose();
            instruments.Answered(door, time.GetElapsedTime(_since));
        }
    }
}
