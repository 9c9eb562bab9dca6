using System.Globalization;

namespace Actors.LoadGen.Cluster;

/// <summary>The command line of <c>cluster</c>.</summary>
internal sealed record ClusterOptions
{
    /// <summary>How the command is used.</summary>
    public const string Usage = """
        Usage: Actors.LoadGen cluster [options]
          --silo FILE         the built server; default: found beside this repository's silo/ (Release)
          --only A,B          of embedded, one, two, split, rebuild; default: all
          --rate N            events per second, 100 to 20,000; default 2000
          --seconds N         length of each step, 5 to 30; default 15
          --warm-up N         the longest warm-up, 8 to 120 seconds; default 12 and 8 for each node
          --traces N          traces of which read models are built, 1,000 to 1,000,000; default 20,000
          --machine TEXT      what the result says about the machine; default: the number of cores
          --commit TEXT       what the result says about the code
          --results FILE      appends the result to this file
        """;

    /// <summary>The name of the part that builds read models.</summary>
    public const string Rebuild = "rebuild";

    /// <summary>The server's assembly.</summary>
    public required string Silo { get; init; }

    /// <summary>The parts that run.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [.. Topology.All.Select(t => t.Id), Rebuild];

    /// <summary>Events per second.</summary>
    public double Rate { get; init; } = 2_000;

    /// <summary>Length of each step.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a topology is warmed up at most; null: by the number of its nodes.</summary>
    public TimeSpan? LongestWarmUp { get; init; }

    /// <summary>Traces of which read models are built.</summary>
    public int Traces { get; init; } = 20_000;

    /// <summary>What the result says about the machine.</summary>
    public string Machine { get; init; } = $"{Environment.ProcessorCount} cores";

    /// <summary>What the result says about the code; null: nothing.</summary>
    public string? Commit { get; init; }

    /// <summary>Where the result is appended; null: nowhere.</summary>
    public string? Results { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">An option is wrong; the message says which.</exception>
    public static ClusterOptions Parse(IEnumerable<string> args)
    {
        var options = new ClusterOptions { Silo = "" };
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var name))
        {
            options = name switch
            {
                "--silo" => options with { Silo = Value() },
                "--only" => options with { Parts = ReadParts(Value()) },
                "--rate" => options with { Rate = Number(Value(), 100, 20_000) },
                "--seconds" => options with { Duration = TimeSpan.FromSeconds(Number(Value(), 5, 30)) },
                "--warm-up" => options with { LongestWarmUp = TimeSpan.FromSeconds(Number(Value(), 8, 120)) },
                "--traces" => options with { Traces = (int)Number(Value(), 1_000, 1_000_000) },
                "--machine" => options with { Machine = Value() },
                "--commit" => options with { Commit = Value() },
                "--results" => options with { Results = Value() },
                _ => throw new FormatException($"{name} is no option."),
            };

            string Value() => rest.TryDequeue(out var value) ? value : throw new FormatException($"{name} needs a value.");
        }

        return options with { Silo = BuiltServer.Find(options.Silo) };
    }

    private static string[] ReadParts(string text)
    {
        var parts = text.Split(',');
        return parts.FirstOrDefault(p => p != Rebuild && Topology.All.All(t => t.Id != p)) is { } unknown
            ? throw new FormatException($"'{unknown}' is no part.")
            : parts;
    }

    private static double Number(string text, double least, double most) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"'{text}' is no number from {least} to {most}.");
}
