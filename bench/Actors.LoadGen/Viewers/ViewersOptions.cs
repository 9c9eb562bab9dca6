using System.Globalization;

namespace Actors.LoadGen.Viewers;

/// <summary>The command line of <c>viewers</c>.</summary>
internal sealed record ViewersOptions
{
    /// <summary>How the command is used.</summary>
    public const string Usage = """
        Usage: Actors.LoadGen viewers [options]
          --silo FILE         the built server; default: found beside this repository's silo/ (Release)
          --viewers A,B       viewers of each step, 1 to 200; default 1,5,20
          --page PATH         what they look at; default /p/load/live
          --rate N            events per second, 1 to 10,000; default 100
          --seconds N         length of each step, 5 to 120; default 30
          --machine TEXT      what the result says about the machine; default: the number of cores
          --commit TEXT       what the result says about the code
          --results FILE      appends the result to this file
        """;

    /// <summary>The server's assembly.</summary>
    public required string Silo { get; init; }

    /// <summary>Viewers of each step.</summary>
    public IReadOnlyList<int> Viewers { get; init; } = [1, 5, 20];

    /// <summary>What they look at.</summary>
    public string Page { get; init; } = "/p/load/live";

    /// <summary>Events per second.</summary>
    public double Rate { get; init; } = 100;

    /// <summary>Length of each step.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What the result says about the machine.</summary>
    public string Machine { get; init; } = $"{Environment.ProcessorCount} cores";

    /// <summary>What the result says about the code; null: nothing.</summary>
    public string? Commit { get; init; }

    /// <summary>Where the result is appended; null: nowhere.</summary>
    public string? Results { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">An option is wrong; the message says which.</exception>
    public static ViewersOptions Parse(IEnumerable<string> args)
    {
        var options = new ViewersOptions { Silo = "" };
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var name))
        {
            options = name switch
            {
                "--silo" => options with { Silo = Value() },
                "--viewers" => options with { Viewers = [.. Value().Split(',').Select(n => (int)Number(n, 1, 200))] },
                "--page" => options with { Page = Value() is ['/', ..] page ? page : throw new FormatException("--page begins with a slash.") },
                "--rate" => options with { Rate = Number(Value(), 1, 10_000) },
                "--seconds" => options with { Duration = TimeSpan.FromSeconds(Number(Value(), 5, 120)) },
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
