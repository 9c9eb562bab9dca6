namespace Actors.LoadGen.Cluster;

/// <summary>Which processes make up a server.</summary>
/// <param name="Id">Its name on the command line.</param>
/// <param name="Name">Its name in results.</param>
/// <param name="Roles">The role of each node; actors first.</param>
/// <param name="IsOnPostgres">Whether its nodes share a database.</param>
internal sealed record Topology(string Id, string Name, IReadOnlyList<string> Roles, bool IsOnPostgres)
{
    /// <summary>The role of a node with everything.</summary>
    public const string Whole = "all";

    /// <summary>The role of a node with actors and without a public API.</summary>
    public const string Silo = "silo";

    /// <summary>The role of a node with the public API and without actors.</summary>
    public const string Web = "web";

    /// <summary>One process with stores of its own.</summary>
    public static Topology Embedded { get; } = new("embedded", "one, SQLite", [Whole], IsOnPostgres: false);

    /// <summary>One node over PostgreSQL.</summary>
    public static Topology One { get; } = new("one", "one, PostgreSQL", [Whole], IsOnPostgres: true);

    /// <summary>Two nodes with everything, of which one is killed, and then both.</summary>
    public static Topology Two { get; } = new("two", "two, PostgreSQL", [Whole, Whole], IsOnPostgres: true);

    /// <summary>Two silos behind two web nodes.</summary>
    public static Topology Split { get; } = new("split", "two silos and two web nodes, PostgreSQL", [Silo, Silo, Web, Web], IsOnPostgres: true);

    /// <summary>All that are measured.</summary>
    public static IReadOnlyList<Topology> All { get; } = [Embedded, One, Two, Split];
}
