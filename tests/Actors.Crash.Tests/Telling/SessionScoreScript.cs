namespace Actors.Crash;

/// <summary>A score of a whole session, given late and then changed.</summary>
internal sealed class SessionScoreScript : Script
{
    private readonly ToldScore _first;
    private readonly ToldScore _last;

    public SessionScoreScript(string session, Random random, DateTimeOffset at)
    {
        _first = new ToldScore(
            NewId("q", random), at, "satisfied", "NUMERIC", OneOf(random, "production", "staging"), null, session, random.Next(-20, 100) / 100d, null);
        _last = _first with { Number = random.Next(-20, 100) / 100d };
        Steps = [[], [], [ScoreEvent(_first, trace: null, at)], [ScoreEvent(_last, trace: null, at.AddMilliseconds(1))]];
    }

    public override Told At(int steps) => steps < 3
        ? Told.Nothing(_first.Session!)
        : new Told(_first.Session!, null, [], [steps == 3 ? _first : _last]);

    public override async Task<string> ReadAsync(SiloClient client, CancellationToken cancellationToken) =>
        await ToldJson.ReadScoreAsync(client, _first.Id, cancellationToken) is { } score
            ? ToldText.Of(new Told(_first.Session!, null, [], [score]))
            : ToldText.Of(Told.Nothing(_first.Session!));
}
