namespace Actors.Crash;

/// <summary>What a server holds that was made from a backup of one that was written to.</summary>
internal static class Restored
{
    /// <summary>
    /// All that is there: of each script what was acknowledged before the backup at least, and no more than in the end.
    /// </summary>
    /// <param name="client">Speaks to the restored server.</param>
    /// <param name="load">What wrote to the other one, and has ended.</param>
    /// <param name="before">How far its stories had been acknowledged when the backup began.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<Told>> FindAllAsync(
        SiloClient client, Load load, IReadOnlyDictionary<Story, int> before, CancellationToken cancellationToken)
    {
        var found = new List<Told>();
        foreach (var story in load.Stories)
        {
            foreach (var script in story.Scripts)
            {
                found.Add(await FindAsync(client, script, before.GetValueOrDefault(story), story.Acknowledged, cancellationToken));
            }
        }

        return found;
    }

    private static async Task<Told> FindAsync(SiloClient client, Script script, int least, int most, CancellationToken cancellationToken)
    {
        var actual = await script.ReadAsync(client, cancellationToken);
        for (var steps = least; steps <= most; steps++)
        {
            if (script.At(steps) is var told && ToldText.Of(told) == actual)
            {
                return told;
            }
        }

        throw new InvalidOperationException(
            $"Repeat with ACTORS_SEED={Seed.OfThisRun}: {least} to {most} steps were acknowledged, of {most}:\n{ToldText.Of(script.At(most))}\nread\n{actual}");
    }
}
