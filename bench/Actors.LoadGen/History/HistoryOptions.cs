using System.Globalization;

namespace Actors.LoadGen.History;

/// <summary>The command line of <c>history</c>.</summary>
internal sealed record HistoryOptions
{
    /// <summary>How the command is used.</summary>
    public const string Usage = """
        Usage: Actors.LoadGen history [options]
          --traces N          traces of ten observations each, 1 to 10,000,000; default 100,000
          --requests N        requests of each kind, 1 to 10,000; default 200
          --silo FILE         the built server; default: found beside this repository's silo/ (Release)
          --machine TEXT      what the result says about the machine; default: the number of cores
          --commit TEXT       what the result says about the code
          --results FILE      appends the result to this file
          --data DIRECTORY    keeps the data there; what an earlier run has left is asked again, not made again
        """;

    /// <summary>Traces.</summary>
    public int Traces { get; init; } = 100_000;

    /// <summary>Requests of each kind.</summary>
    public int Requests { get; init; } = 200;

    /// <summary>The server's assembly.</summary>
    public required string Silo { get; init; }

    /// <summary>What the result says about the machine.</summary>
    public string Machine { get; init; } = $"{Environment.ProcessorCount} cores";

    /// <summary>What the result says about the code; null: nothing.</summary>
    public string? Commit { get; init; }

    /// <summary>Where the result is appended; null: nowhere.</summary>
    public string? Results { get; init; }

    /// <summary>Where the data is kept; null: nowhere.</summary>
    public string? Data { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">An option is wrong; the message says which.</exception>
    public static HistoryOptions Parse(IEnumerable<string> args)
    {
        var options = new HistoryOptions { Silo = "" };
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var name))
        {
            options = name switch
            {
                "--traces" => options with { Traces = Number(Value(), 10_000_000) },
                "--requests" => options with { Requests = Number(Value(), 10_000) },
                "--silo" => options with { Silo = Value() },
                "--machine" => options with { Machine = Value() },
                "--commit" => options with { Commit = Value() },
                "--results" => options with { Results = Value() },
                "--data" => options with { Data = Value() },
                _ => throw new FormatException($"{name} is no option of history."),
            };

            string Value() => rest.TryDequeue(out var value) ? value : throw new FormatException($"{name} needs a value.");
        }

        return options with { Silo = BuiltServer.Find(options.Silo) };
    }

    private static int Number(string text, int most) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw new FormatException($"'{text}' is no number from 1 to {most}.");
}
