namespace Actors.Storage;

/// <summary>Where and how the data is stored, section <c>Actors</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Actors";

    /// <summary>The provider's name for the embedded stores.</summary>
    public const string Sqlite = "sqlite";

    /// <summary>The directory of the embedded stores; created when missing. Default <c>./data</c>.</summary>
    public string DataDirectory { get; set; } = "./data";

    /// <summary>The storage provider. Default, and in this version the only one: <c>sqlite</c>.</summary>
    public string Storage { get; set; } = Sqlite;
}
