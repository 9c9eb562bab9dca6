using System.Globalization;

namespace Actors.Crash;

/// <summary>What chance decided for one trace: whose it is, what it calls, when it happens, how it is told.</summary>
internal sealed class TraceTraits
{
    private static readonly (string Model, decimal Input, decimal Output)[] Models =
        [("gpt-4o", 0.0000025m, 0.00001m), ("gpt-4o-mini", 0.00000015m, 0.0000006m), ("house-model", 0, 0)];

    private static readonly (string Name, int Version)?[] Prompts = [null, ("answer", 1), ("answer", 2), ("greet", 3)];

    public TraceTraits(string name, Random random, DateTimeOffset now)
    {
        Name = name;
        Environment = random.Next(3) switch { 0 => "staging", 1 => "default", _ => "production" };
        Release = random.Next(3) switch { 0 => null, 1 => "1.0", _ => "1.1" };
        User = random.Next(6) == 0 ? null : UserOf(random.Next(10));
        Session = random.Next(4) == 0 ? null : SessionOf(name, random.Next(4));
        (Model, InputPrice, OutputPrice) = Models[random.Next(Models.Length)];
        Prompt = Prompts[random.Next(Prompts.Length)];
        Tool = random.Next(3) switch { 0 => null, 1 => "look up", _ => "search" };
        IsEarlyScore = random.Next(5) == 0;
        MovesOn = random.Next(4) == 0;
        IsDoomed = random.Next(8) == 0;
        FirstTokenMs = random.Next(5, 900);
        CallMs = FirstTokenMs + random.Next(1, 3_000);
        var start = now - TimeSpan.FromMilliseconds(CallMs + 100) - Lateness(random);
        Start = DateTimeOffset.FromUnixTimeMilliseconds(start.ToUnixTimeMilliseconds());
    }

    public string Name { get; }

    public string Environment { get; }

    public string? Release { get; }

    public string? User { get; }

    public string? Session { get; }

    public string Model { get; }

    public decimal InputPrice { get; }

    public decimal OutputPrice { get; }

    public (string Name, int Version)? Prompt { get; }

    /// <summary>The tool that is called; null: the work is a plain span.</summary>
    public string? Tool { get; }

    /// <summary>Whether its scores are told before anything else is.</summary>
    public bool IsEarlyScore { get; }

    /// <summary>Whether it becomes another user's, of another release and session, in the end.</summary>
    public bool MovesOn { get; }

    /// <summary>Whether it is deleted when all is told.</summary>
    public bool IsDoomed { get; }

    public DateTimeOffset Start { get; }

    public int FirstTokenMs { get; }

    public int CallMs { get; }

    public static string UserOf(int number) => string.Create(CultureInfo.InvariantCulture, $"user-{number}");

    public static string SessionOf(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"session-{name}-{number}");

    // Most is told when it happens; some minutes and hours later, and some belongs to the same time yesterday.
    private static TimeSpan Lateness(Random random) => random.Next(12) switch
    {
        0 => TimeSpan.FromSeconds(random.Next(60, 1_200)),
        1 => TimeSpan.FromMinutes(random.Next(20, 1_000)),
        2 => TimeSpan.FromHours(24) + TimeSpan.FromSeconds(random.Next(-120, 3_600)),
        _ => TimeSpan.Zero,
    };
}
