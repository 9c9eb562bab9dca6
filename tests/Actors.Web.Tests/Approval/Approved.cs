namespace Actors.Web.Tests.Approval;

/// <summary>
/// Holds what clients depend on against the files in <c>tests/approved</c>. A change is accepted by running the tests once
/// with <c>ACTORS_APPROVE=1</c>, and seen in review as a change of the file.
/// </summary>
internal static class Approved
{
    private const string Variable = "ACTORS_APPROVE";
    private const int Around = 2;

    public static void Check(string name, string actual)
    {
        var file = Path.Combine(FindRoot(), "tests", "approved", name);
        actual = actual.TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            File.WriteAllText(file, actual);
            return;
        }

        var approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        Assert.True(approved == actual, $"""
            What clients see is not what tests/approved/{name} says.
            {Difference(approved.Split('\n'), actual.Split('\n'))}
            Meant? Then accept it: {Variable}=1 dotnet run -c Release --project tests/Actors.Web.Tests -- -class '*Approval*'
            """);
    }

    private static string Difference(string[] approved, string[] actual)
    {
        var first = 0;
        while (first < approved.Length && first < actual.Length && approved[first] == actual[first])
        {
            first++;
        }

        var before = approved[Math.Max(0, first - Around)..first].Select(line => "    " + line);
        var was = approved.Skip(first).Take(Around + 1).Select(line => "  - " + line);
        var isNow = actual.Skip(first).Take(Around + 1).Select(line => "  + " + line);
        return $"From line {first + 1} on ({approved.Length} lines approved, {actual.Length} now):\n{string.Join('\n', [.. before, .. was, .. isNow])}";
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Actors.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Actors.sln is not above the tests.");
        }

        return folder;
    }
}
