using Actors.Live;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Live;

/// <summary>
/// The numbers are compared with the read model all the time, twenty seconds of them at a time, beside the traffic. Nothing should
/// ever differ; what does all the same, because a process died with facts that it had not told yet, heals and is counted.
/// </summary>
internal abstract partial class LiveGrain
{
    /// <summary>How often a part of what is kept is compared.</summary>
    public static readonly TimeSpan AuditInterval = TimeSpan.FromSeconds(10);

    // Facts of younger seconds are still coming.
    private static readonly TimeSpan AuditDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AuditPart = TimeSpan.FromSeconds(20);

    private LiveAudit? _audit;
    private int _auditPart;
    private DateTimeOffset? _auditedAt;
    private long _secondsCompared;
    private long _differences;
    private AuditDifference? _lastDifference;

    /// <inheritdoc/>
    public Task<LiveHealth> GetHealthAsync() => Task.FromResult(new LiveHealth
    {
        Since = _since,
        Position = _position,
        IsWaiting = _board.IsIncomplete || _board.Doubted() is not null,
        Observers = _observers.Count,
        Lag = _lag,
        AuditedAt = _auditedAt,
        SecondsCompared = _secondsCompared,
        Differences = _differences,
        LastDifference = _lastDifference is { } d ? $"second {d.Second}, {d.Key.Dimension} {d.Key.Value}: {d.What}" : null,
    });

    private async Task AuditAsync(CancellationToken cancellationToken)
    {
        if (!IsGathered || !IsWorthAuditing || _board.IsIncomplete)
        {
            return;
        }

        try
        {
            var (from, to) = NextPart(Time.GetUtcNow());
            var look = Audit.Begin(from, to);
            Note(Audit.End(look, await AskSecondsAsync(from, to, look.Own)));
        }
        catch (Exception e)
        {
            LogAuditFailed(e, Scope);
        }
    }

    /// <summary>Whether anybody would see a wrong number.</summary>
    protected virtual bool IsWorthAuditing => true;

    private LiveAudit Audit => _audit ??= new LiveAudit(_board);

    private (long From, long To) NextPart(DateTimeOffset now)
    {
        if (Audit.Suspected is { } suspected)
        {
            return (suspected.From, suspected.To + 1);
        }

        _auditPart = (_auditPart + 1) % (int)(LiveWindowOptions.Kept / AuditPart);
        var to = (now - AuditDelay - (AuditPart * _auditPart)).ToUnixTimeSeconds();
        var oldest = (now - LiveWindowOptions.Kept).ToUnixTimeSeconds() + 1;
        return (Math.Max(oldest, to - (long)AuditPart.TotalSeconds), to);
    }

    private void Note(AuditResult result)
    {
        _auditedAt = Time.GetUtcNow();
        _secondsCompared += result.Compared;
        _differences += result.Differences.Count;
        services.Instruments.Audited(result.Compared, result.Differences.Count);
        if (result.Differences is [var first, ..])
        {
            _lastDifference = first;
            LogDifference(Scope, result.Differences.Count, first.Second, first.Key.Dimension, first.What);
        }
    }

    [LoggerMessage(1111, LogLevel.Warning, "The live numbers of {Scope} could not be compared with the read model.")]
    private partial void LogAuditFailed(Exception e, LiveScope scope);

    [LoggerMessage(1112, LogLevel.Error, "Live numbers of {Scope} were wrong in {Count} seconds and are asked for again; first second {Second}, {Dimension}: {What} (live, read model).")]
    private partial void LogDifference(LiveScope scope, int count, long second, LiveDimension dimension, string what);
}
