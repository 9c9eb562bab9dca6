namespace Actors.Storage;

/// <summary>Where and how the data is stored, section <c>Actors</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Actors";

    /// <summary>The provider's name for the embedded stores.</summary>
    public const string Sqlite = "sqlite";

    /// <summary>The provider's name for a PostgreSQL database that several nodes share.</summary>
    public const string PostgreSql = "postgres";

    /// <summary>
    /// The directory that this process alone uses; created when missing. Default <c>./data</c>. With
    /// <see cref="PostgreSql"/> it holds nothing that cannot be made again.
    /// </summary>
    public string DataDirectory { get; set; } = "./data";

    /// <summary>
    /// The directory that all nodes see: files of traces, the keys that protect cookies and secrets, the first project's
    /// keys. Default, and with <see cref="Sqlite"/> the usual: <see cref="DataDirectory"/>.
    /// </summary>
    public string? SharedDirectory { get; set; }

    /// <summary>
    /// Where backups go, which no other server may share; created when missing. Default: <c>backups</c> in
    /// <see cref="DataDirectory"/>. Not used with <see cref="PostgreSql"/>.
    /// </summary>
    public string? BackupDirectory { get; set; }

    /// <summary>The storage provider: <see cref="Sqlite"/>, the default, or <see cref="PostgreSql"/>.</summary>
    public string Storage { get; set; } = Sqlite;

    /// <summary>The database, with <see cref="PostgreSql"/>.</summary>
    public PostgresOptions Postgres { get; set; } = new();

    /// <summary>Whether the data is in a database that several nodes share.</summary>
    public bool IsPostgres => string.Equals(Storage, PostgreSql, StringComparison.OrdinalIgnoreCase);

    /// <summary>The directory that all nodes see.</summary>
    public string EffectiveSharedDirectory => string.IsNullOrWhiteSpace(SharedDirectory) ? DataDirectory : SharedDirectory;
}

/// <summary>The PostgreSQL database, section <c>Actors:Postgres</c>.</summary>
public sealed class PostgresOptions
{
    /// <summary>Setting that names the database.</summary>
    public const string ConnectionStringSetting = "Actors:Postgres:ConnectionString";

    /// <summary>The connection string as Npgsql takes it: <c>Host=…;Database=…;Username=…;Password=…</c>. Null: none.</summary>
    public string? ConnectionString { get; set; }
}
