using System.Globalization;

namespace Actors.LoadGen;

/// <summary>The command line.</summary>
internal sealed record LoadOptions
{
    /// <summary>How the command is used.</summary>
    public const string Usage = """
        Usage: Actors.LoadGen [options], Actors.LoadGen history, hub, cluster or viewers [options] (see their --help)
          --silo FILE         the built server; default: found beside this repository's silo/ (Release)
          --rates A,B         events per second of each step; default 5000,10000
          --seconds N         length of each step, 1 to 120; default 20; all steps together at most 200
          --connections N     HTTP connections, 1 to 256; default 16
          --machine TEXT      what the result says about the machine; default: the number of cores
          --commit TEXT       what the result says about the code
          --results FILE      appends the result to this file
          --data DIRECTORY    keeps the data there; default: a temporary directory, deleted afterwards
          --skip-floors       leaves the floors out
          --skip-idle         leaves the idle figures out
        """;

    private static readonly TimeSpan LongestLoad = TimeSpan.FromSeconds(200);

    /// <summary>The server's assembly.</summary>
    public required string Silo { get; init; }

    /// <summary>Events per second of each step.</summary>
    public IReadOnlyList<double> Rates { get; init; } = [5_000, 10_000];

    /// <summary>Length of each step.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>HTTP connections.</summary>
    public int Connections { get; init; } = 16;

    /// <summary>What the result says about the machine.</summary>
    public string Machine { get; init; } = $"{Environment.ProcessorCount} cores";

    /// <summary>What the result says about the code; null: nothing.</summary>
    public string? Commit { get; init; }

    /// <summary>Where the result is appended; null: nowhere.</summary>
    public string? Results { get; init; }

    /// <summary>Where the data is kept; null: nowhere.</summary>
    public string? Data { get; init; }

    /// <summary>Whether the floors are measured.</summary>
    public bool WithFloors { get; init; } = true;

    /// <summary>Whether the idle figures are measured.</summary>
    public bool WithIdle { get; init; } = true;

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">An option is wrong; the message says which.</exception>
    public static LoadOptions Parse(string[] args)
    {
        var options = new LoadOptions { Silo = "" };
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var name))
        {
            options = name switch
            {
                "--silo" => options with { Silo = Value() },
                "--rates" => options with { Rates = [.. Value().Split(',').Select(r => Number(r, 1, 1_000_000))] },
                "--seconds" => options with { Duration = TimeSpan.FromSeconds(Number(Value(), 1, 120)) },
                "--connections" => options with { Connections = (int)Number(Value(), 1, 256) },
                "--machine" => options with { Machine = Value() },
                "--commit" => options with { Commit = Value() },
                "--results" => options with { Results = Value() },
                "--data" => options with { Data = Value() },
                "--skip-floors" => options with { WithFloors = false },
                "--skip-idle" => options with { WithIdle = false },
                _ => throw new FormatException($"{name} is no option."),
            };

            string Value() => rest.TryDequeue(out var value) ? value : throw new FormatException($"{name} needs a value.");
        }

        // The live edge holds five minutes; what it is compared with must fit in.
        return options.Rates.Count * options.Duration <= LongestLoad
            ? options with { Silo = BuiltServer.Find(options.Silo) }
            : throw new FormatException($"All steps together may take {LongestLoad.TotalSeconds:0} s: choose fewer --rates or --seconds.");
    }

    private static double Number(string text, double least, double most) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"'{text}' is no number from {least} to {most}.");
}
