using Actors.Silo.Hosting;
using Actors.Storage;
using Actors.Storage.Moving;

namespace Actors.Silo.Commands;

/// <summary><c>migrate</c>: moves what an embedded server keeps into a PostgreSQL database, and compares every row.</summary>
internal static class MigrateCommand
{
    /// <summary>The first argument.</summary>
    public const string Name = "migrate";

    private const string Usage = """
        usage: migrate --from DIRECTORY [--to CONNECTION] [--shared DIRECTORY]

          --from    the data directory of a server that does not run; it stays as it is
          --to      an empty PostgreSQL database: 'Host=…;Database=…;Username=…;Password=…';
                    without it Actors__Postgres__ConnectionString, which other users of the machine do not see
          --shared  where the files go that all nodes will see (Actors:SharedDirectory); without it they stay where they are
        """;

    /// <summary>Runs it.</summary>
    /// <param name="arguments">What follows the name.</param>
    /// <exception cref="StorageSetupException">The directory or the database cannot be used.</exception>
    /// <exception cref="MigrationException">The target is in use, or is not the same as the source.</exception>
    /// <exception cref="StartupException">The arguments are wrong.</exception>
    public static async Task RunAsync(IReadOnlyList<string> arguments)
    {
        var (from, to, shared) = Read(arguments);
        using var over = new CancellationTokenSource();
        Console.CancelKeyPress += (_, key) =>
        {
            key.Cancel = true;
            over.Cancel();
        };
        try
        {
            var compared = await ClusterMigration.RunAsync(from, to, shared, new Lines(), over.Token);
            Console.WriteLine();
            foreach (var table in compared)
            {
                Console.WriteLine($"  {table.Name,-34} {table.Rows,12:N0}  equal");
            }

            Console.WriteLine(
                $"""

                  Every row was read again and is the same. Start the nodes with Actors__Storage=postgres, this database and
                  Actors__SharedDirectory={Path.GetFullPath(shared ?? from)}

                """);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            throw new StartupException("The migration was interrupted. Nothing was stored in the database; begin again.");
        }
    }

    private static (string From, string To, string? Shared) Read(IReadOnlyList<string> arguments)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (arguments[i] is not ("--from" or "--to" or "--shared") || i + 1 == arguments.Count || !given.TryAdd(arguments[i], arguments[i + 1]))
            {
                throw new StartupException(Usage);
            }
        }

        var to = given.GetValueOrDefault("--to") ?? Environment.GetEnvironmentVariable("Actors__Postgres__ConnectionString");
        return given.TryGetValue("--from", out var from) && !string.IsNullOrEmpty(to)
            ? (from, to, given.GetValueOrDefault("--shared"))
            : throw new StartupException(Usage);
    }

    private sealed class Lines : IProgress<string>
    {
        public void Report(string value) => Console.WriteLine($"  {value}");
    }
}
