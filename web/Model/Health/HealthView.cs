using Actors.Live;
using Actors.Queries;

namespace Actors.Web.Model.Health;

/// <summary>How the parts of the server do for one project, as the page of health says it.</summary>
/// <param name="Parts">The parts, in the order in which events pass them.</param>
public sealed record HealthView(IReadOnlyList<HealthPart> Parts)
{
    // What is younger than this, a list waits for.
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(2);

    // For so long after a request was sent away the page says so.
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(1);

    /// <summary>The worst of its parts: <c>ok</c>, <c>warn</c> or <c>err</c>.</summary>
    public string Tone => Parts.Any(p => p.Tone == "err") ? "err" : Parts.Any(p => p.Tone == "warn") ? "warn" : "ok";

    /// <summary>The whole in two or three words.</summary>
    public string Text => Tone == "ok" ? "All right" : Parts.First(p => p.Tone == Tone).Brief;

    /// <summary>Puts together what each part says of itself.</summary>
    public static HealthView Of(DoorFacts doors, AnalyticsStatus columns, LiveHealth live, ServerFacts server, DateTimeOffset now) => new(
    [
        OfDoors(doors, now), OfColumns(columns), OfLive(live, columns), OfAudit(live, now),
        .. columns.Audit is { } audit ? [OfColumnsAudit(audit, now)] : Array.Empty<HealthPart>(),
        OfServer(server, now),
    ]);

    private static HealthPart OfDoors(DoorFacts doors, DateTimeOffset now)
    {
        var isSlowing = doors.RefusedAt is { } at && now - at < Lately;
        return new HealthPart(
            "Doors",
            isSlowing ? "warn" : "ok",
            isSlowing ? "Senders are slowed down" : "Open",
            "Where events come in. Before memory or the lists give way, requests are sent away for a moment; SDKs and exporters send them again.",
            [
                ("Not answered yet", $"{Megabytes(doors.BytesUnderWay)} of {Megabytes(doors.MaxBytesUnderWay)}"),
                ("Rows that wait for a commit", doors.WaitingRows is { } rows ? $"{Format.Count(rows)} of {Format.Count(doors.MaxWaitingRows ?? 0)}" : null),
                ("Memory, of its bound", $"{Math.Round(doors.MemoryShare * 100)} %"),
                ("Requests sent away", Format.Count(doors.Refused.Sum(r => r.Count))),
                .. doors.Refused.Where(r => r.Count > 0).Select(r => ("· " + r.Reason, (string?)Format.Count(r.Count))),
                ("Last one", doors.RefusedAt is { } last ? Format.Duration(now - last) + " ago" : null),
            ])
        {
            Brief = "Senders are slowed",
        };
    }

    private static HealthPart OfColumns(AnalyticsStatus columns)
    {
        var (tone, verdict) = columns switch
        {
            { State: AnalyticsState.Failing } => ("err", "Cannot be written; tries again"),
            { State: AnalyticsState.CatchingUp } => ("warn", "Reads what the log held before"),
            { Lag: var lag } when lag > Behind => ("warn", $"{Format.Duration(lag)} behind"),
            _ => ("ok", "In step with the log"),
        };
        return new HealthPart(
            "Lists and history",
            tone,
            verdict,
            "The read model follows the event log. A list waits for it a moment, then answers with what there is.",
            [
                ("Head of the log", Format.Count(columns.Head)),
                ("Read model at", Format.Count(columns.Watermark)),
                ("Positions behind", Format.Count(columns.Head - columns.Watermark)),
                ("Oldest of them", columns.Lag == TimeSpan.Zero ? null : Format.Duration(columns.Lag) + " ago"),
            ])
        {
            Brief = tone == "err" ? "Lists stand still" : "Catching up",
        };
    }

    private static HealthPart OfLive(LiveHealth live, AnalyticsStatus columns) => new(
        "Live numbers",
        live.IsWaiting ? "warn" : "ok",
        live.IsWaiting ? "Some wait for the read model" : "Up to date",
        "Pushed about a tenth of a second after an event was received, from what the actors fold.",
        [
            ("Include the log up to", Format.Count(live.Position)),
            ("Positions behind", Format.Count(Math.Max(0, columns.Head - live.Position))),
            ("From receipt to push, last", live.Lag is { } lag ? Format.Duration(lag) : null),
            ("Web nodes that watch", Format.Count(live.Observers)),
        ])
    {
        Brief = "Catching up",
    };

    private static HealthPart OfAudit(LiveHealth live, DateTimeOffset now) => new(
        "Audit",
        live.Differences > 0 ? "err" : "ok",
        live.Differences > 0 ? $"{Format.Count(live.Differences)} seconds were wrong and were mended"
            : live.AuditedAt is null ? "Not compared yet" : "Nothing differs",
        "Compares the live numbers with the read model, second by second and all the time. What differs is asked for again.",
        [
            ("Seconds compared", Format.Count(live.SecondsCompared)),
            ("Seconds that were wrong", Format.Count(live.Differences)),
            ("Last compared", live.AuditedAt is { } at ? Format.Duration(now - at) + " ago" : null),
            ("Last difference", live.LastDifference),
            ("Since", Format.Duration(now - live.Since) + " ago"),
        ])
    {
        Brief = "Numbers were wrong",
    };

    private static HealthPart OfColumnsAudit(ColumnsAudit audit, DateTimeOffset now) => new(
        "Audit of the lists",
        audit.Differences > 0 ? "err" : "ok",
        audit.Differences > 0 ? $"{Format.Count(audit.Differences)} traces or sessions were wrong and were mended"
            : audit.AuditedAt is null ? "Not compared yet" : "Nothing differs",
        "Compares rows of the read model with what the log folds to, a few while events come. What differs is written again from the log.",
        [
            ("Traces and sessions compared", Format.Count(audit.StreamsCompared)),
            ("Of them wrong", Format.Count(audit.Differences)),
            ("Last compared", audit.AuditedAt is { } at ? Format.Duration(now - at) + " ago" : null),
            ("Last difference", audit.LastDifference),
            ("Since", Format.Duration(now - audit.Since) + " ago"),
        ])
    {
        Brief = "Lists were wrong",
    };

    private static HealthPart OfServer(ServerFacts server, DateTimeOffset now) => new(
        "Server",
        "ok",
        "Running",
        "This web node. Metrics of all its parts are at /metrics.",
        [
            ("Up for", Format.Duration(now - server.StartedAt)),
            ("Memory", Format.Count(server.MemoryBytes / (1024 * 1024)) + " MiB"),
            ("Processors", Format.Count(server.Processors)),
        ]);

    private static string Megabytes(long bytes) => Format.Count(bytes / (1024 * 1024)) + " MiB";
}

/// <summary>One part of the server.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Tone"><c>ok</c>, <c>warn</c> or <c>err</c>.</param>
/// <param name="Verdict">How it does, in a few words.</param>
/// <param name="Note">What it is there for.</param>
/// <param name="Facts">Names and values; a value that is null does not apply.</param>
public sealed record HealthPart(string Name, string Tone, string Verdict, string Note, IReadOnlyList<(string Name, string? Value)> Facts)
{
    /// <summary>What to say of the whole when this part is its worst.</summary>
    public string Brief { get; init; } = "";
}

/// <summary>What the process says of itself.</summary>
/// <param name="StartedAt">When it started.</param>
/// <param name="MemoryBytes">Its resident memory.</param>
/// <param name="Processors">How many processors it may use.</param>
public sealed record ServerFacts(DateTimeOffset StartedAt, long MemoryBytes, int Processors)
{
    /// <summary>Of this process.</summary>
    public static ServerFacts OfThis()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return new ServerFacts(process.StartTime, process.WorkingSet64, Environment.ProcessorCount);
    }
}
