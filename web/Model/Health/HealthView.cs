using Actors.Live;
using Actors.Queries;

namespace Actors.Web.Model.Health;

/// <summary>How the parts of the server do for one project, as the page of health says it.</summary>
/// <param name="Parts">The parts, in the order in which events pass them.</param>
public sealed record HealthView(IReadOnlyList<HealthPart> Parts)
{
    // What is younger than this, a list waits for.
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(2);

    /// <summary>The worst of its parts: <c>ok</c>, <c>warn</c> or <c>err</c>.</summary>
    public string Tone => Parts.Any(p => p.Tone == "err") ? "err" : Parts.Any(p => p.Tone == "warn") ? "warn" : "ok";

    /// <summary>The whole in two or three words.</summary>
    public string Text => Tone switch { "ok" => "All right", "warn" => "Catching up", _ => "Numbers were wrong" };

    /// <summary>Puts together what each part says of itself.</summary>
    public static HealthView Of(AnalyticsStatus columns, LiveHealth live, ServerFacts server, DateTimeOffset now) =>
        new([OfColumns(columns), OfLive(live, columns), OfAudit(live, now), OfServer(server, now)]);

    private static HealthPart OfColumns(AnalyticsStatus columns)
    {
        var isBehind = columns.Lag > Behind;
        return new HealthPart(
            "Lists and history",
            isBehind ? "warn" : "ok",
            isBehind ? $"{Format.Duration(columns.Lag)} behind" : "In step with the log",
            "The read model follows the event log. A list waits for it a moment, then answers with what there is.",
            [
                ("Head of the log", Format.Count(columns.Head)),
                ("Read model at", Format.Count(columns.Watermark)),
                ("Positions behind", Format.Count(columns.Head - columns.Watermark)),
                ("Oldest of them", columns.Lag == TimeSpan.Zero ? null : Format.Duration(columns.Lag) + " ago"),
            ]);
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
        ]);

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
        ]);

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
}

/// <summary>One part of the server.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Tone"><c>ok</c>, <c>warn</c> or <c>err</c>.</param>
/// <param name="Verdict">How it does, in a few words.</param>
/// <param name="Note">What it is there for.</param>
/// <param name="Facts">Names and values; a value that is null does not apply.</param>
public sealed record HealthPart(string Name, string Tone, string Verdict, string Note, IReadOnlyList<(string Name, string? Value)> Facts);

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
