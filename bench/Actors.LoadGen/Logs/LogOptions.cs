using System.Globalization;

namespace Actors.LoadGen.Logs;

/// <summary>The command line of <c>log</c>.</summary>
internal sealed record LogOptions
{
    /// <summary>How the command is used.</summary>
    public const string Usage = """
        Usage: Actors.LoadGen log --postgres TEXT [options]
          --postgres TEXT     connection string of an empty database on this machine
          --callers N         callers with one row under way each, 2 to 1,000; default 64
          --seconds N         length of each step, 2 to 60; default 8
          --machine TEXT      what the result says about the machine; default: the number of cores
          --commit TEXT       what the result says about the code
          --results FILE      appends the result to this file
        """;

    /// <summary>Connection string of an empty database on this machine.</summary>
    public required string Postgres { get; init; }

    /// <summary>Callers with one row under way each.</summary>
    public int Callers { get; init; } = 64;

    /// <summary>Length of each step.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>What the result says about the machine.</summary>
    public string Machine { get; init; } = $"{Environment.ProcessorCount} cores";

    /// <summary>What the result says about the code; null: nothing.</summary>
    public string? Commit { get; init; }

    /// <summary>Where the result is appended; null: nowhere.</summary>
    public string? Results { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">An option is wrong; the message says which.</exception>
    public static LogOptions Parse(IEnumerable<string> args)
    {
        var options = new LogOptions { Postgres = "" };
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var name))
        {
            options = name switch
            {
                "--postgres" => options with { Postgres = Value() },
                "--callers" => options with { Callers = (int)Number(Value(), 2, 1_000) },
                "--seconds" => options with { Duration = TimeSpan.FromSeconds(Number(Value(), 2, 60)) },
                "--machine" => options with { Machine = Value() },
                "--commit" => options with { Commit = Value() },
                "--results" => options with { Results = Value() },
                _ => throw new FormatException($"There is no option '{name}'."),
            };

            string Value() => rest.TryDequeue(out var value) ? value : throw new FormatException($"'{name}' needs a value.");

            double Number(string value, double least, double most) =>
                double.TryParse(value, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                    ? number
                    : throw new FormatException($"'{name}' is {least} to {most}, not '{value}'.");
        }

        return options.Postgres.Length > 0 ? options : throw new FormatException("'--postgres' is missing.");
    }
}
