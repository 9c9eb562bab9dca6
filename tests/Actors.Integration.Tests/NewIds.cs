namespace Actors.Integration;

/// <summary>Ids that no other test has used, with a word that tells what they are for.</summary>
internal static class NewIds
{
    public static string For(string what) => $"{what}-{Guid.NewGuid():N}";
}
