namespace Actors.Storage.Moving;

/// <summary>A table, or a kind of files, that was copied, read again and found to be the same.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">How many rows or files.</param>
public sealed record MigratedTable(string Name, long Rows)
{
    /// <summary>Compares what was sent with what was read again.</summary>
    /// <exception cref="MigrationException">They are not the same rows.</exception>
    internal static MigratedTable Compare(string name, RowSum stored, RowSum sent) => stored.IsOfSameRows(sent)
        ? new MigratedTable(name, stored.Count)
        : throw new MigrationException(
            stored.Count == sent.Count
                ? $"{name} has {sent.Count} rows on both sides, and not the same ones. Nothing was stored in the database."
                : $"{name} has {sent.Count} rows here and {stored.Count} there. Nothing was stored in the database.");
}

/// <summary>A migration ended without storing anything in the database; the message says why.</summary>
public sealed class MigrationException(string message, Exception? innerException = null) : Exception(message, innerException);
