namespace Actors.Silo.Demo;

/// <summary>
/// One customer's conversation: a session of one to four turns, each a trace with a guardrail, a search, sometimes a tool,
/// a streamed answer, sometimes an error, sometimes a thumb.
/// </summary>
internal sealed class DemoConversation(Random random)
{
    private readonly string _session = $"session-{Guid.NewGuid().ToString("N")[..10]}";
    private readonly string _user = $"user-{random.Next(1, 240):000}";
    private readonly string _environment = random.NextDouble() < 0.82 ? "production" : "staging";
    private readonly string _release = random.NextDouble() < 0.7 ? "2026.11.2" : "2026.11.1";

    public IEnumerable<DemoStep> Steps()
    {
        var turns = random.Next(1, 5);
        for (var turn = 0; turn < turns; turn++)
        {
            foreach (var step in new DemoTurn(random, _session, _user, _environment, _release).Steps())
            {
                yield return step;
            }

            yield return new DemoStep(_ => [], TimeSpan.FromMilliseconds(random.Next(400, 2500)));
        }
    }
}
