namespace Actors.Storage.Postgres;

/// <summary>What a node wants to hear of others, and what it does then. What is called is quick and never fails.</summary>
/// <param name="Name">The channel's name in the database.</param>
/// <param name="Heard">Takes a message, also one that this node sent.</param>
/// <param name="Connected">From now on every message is heard; what was sent before was not.</param>
internal sealed record NodeChannel(string Name, Action<string> Heard, Action Connected)
{
    /// <summary>Messages are not heard any more.</summary>
    public Action Lost { get; init; } = () => { };

    /// <summary>Every message that was sent before a moment (<see cref="TimeProvider.GetTimestamp"/>) has been heard.</summary>
    public Action<long> HeardUntil { get; init; } = _ => { };
}
