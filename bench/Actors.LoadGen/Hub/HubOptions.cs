using System.Globalization;

namespace Actors.LoadGen.Hub;

/// <summary>The command line of <c>hub</c>.</summary>
internal sealed record HubOptions
{
    /// <summary>How the command is used.</summary>
    public const string Usage = """
        Usage: Actors.LoadGen hub [options]
          --silo FILE         the built server; default: found beside this repository's silo/ (Release)
          --clients N         hub clients, 1 to 2,000; default 1000
          --rate N            events per second, 1 to 100,000; default 5000
          --scores N          scores of browsers per second, 1 to 20,000; default 2000
          --seconds N         length of each step, 5 to 60; default 20
          --machine TEXT      what the result says about the machine; default: the number of cores
          --commit TEXT       what the result says about the code
          --results FILE      appends the result to this file
        """;

    /// <summary>The server's assembly.</summary>
    public required string Silo { get; init; }

    /// <summary>Hub clients.</summary>
    public int Clients { get; init; } = 1_000;

    /// <summary>Events per second.</summary>
    public double Rate { get; init; } = 5_000;

    /// <summary>Scores of browsers per second.</summary>
    public double Scores { get; init; } = 2_000;

    /// <summary>Length of each step.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What the result says about the machine.</summary>
    public string Machine { get; init; } = $"{Environment.ProcessorCount} cores";

    /// <summary>What the result says about the code; null: nothing.</summary>
    public string? Commit { get; init; }

    /// <summary>Where the result is appended; null: nowhere.</summary>
    public string? Results { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">An option is wrong; the message says which.</exception>
    public static HubOptions Parse(IEnumerable<string> args)
    {
        var options = new HubOptions { Silo = "" };
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var name))
        {
            options = name switch
            {
                "--silo" => options with { Silo = Value() },
                "--clients" => options with { Clients = (int)Number(Value(), 1, 2_000) },
                "--rate" => options with { Rate = Number(Value(), 1, 100_000) },
                "--scores" => options with { Scores = Number(Value(), 1, 20_000) },
                "--seconds" => options with { Duration = TimeSpan.FromSeconds(Number(Value(), 5, 60)) },
                "--machine" => options with { Machine = Value() },
                "--commit" => options with { Commit = Value() },
                "--results" => options with { Results = Value() },
                _ => throw new FormatException($"{name} is no option."),
            };

            string Value() => rest.TryDequeue(out var value) ? value : throw new FormatException($"{name} needs a value.");
        }

        return options with { Silo = BuiltServer.Find(options.Silo) };
    }

    private static double Number(string text, double least, double most) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"'{text}' is no number from {least} to {most}.");
}
