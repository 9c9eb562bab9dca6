namespace Actors.Storage.Control;

/// <summary>Ids of the control plane's things: unique without asking, and roughly in the order of their creation.</summary>
internal static class EntityId
{
    public static string New() => Guid.CreateVersion7().ToString();
}
