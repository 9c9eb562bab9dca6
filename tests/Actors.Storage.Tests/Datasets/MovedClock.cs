namespace Actors.Storage.Datasets;

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class MovedClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    public void Move(TimeSpan by) => _now += by;

    public override DateTimeOffset GetUtcNow() => _now;
}
