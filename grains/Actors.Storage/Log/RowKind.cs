namespace Actors.Storage.Log;

/// <summary>What a row is. The numbers are stored: never renumber.</summary>
internal static class RowKind
{
    /// <summary>Events.</summary>
    public const int Events = 1;

    /// <summary>Nothing of the stream up to here is left: version 1 of a deleted stream, and the deletion itself.</summary>
    public const int Deletion = 2;
}
