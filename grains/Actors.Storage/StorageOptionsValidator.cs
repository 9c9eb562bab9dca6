using Microsoft.Extensions.Options;

namespace Actors.Storage;

/// <summary>Checks <see cref="StorageOptions"/> at start and names every key that is wrong.</summary>
internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var errors = new List<string>();
        if (!options.IsPostgres && !string.Equals(options.Storage, StorageOptions.Sqlite, StringComparison.OrdinalIgnoreCase))
        {
            errors.Add($"{StorageOptions.Section}:Storage is '{options.Storage}'. Set it to '{StorageOptions.Sqlite}' or '{StorageOptions.PostgreSql}', or remove it.");
        }

        if (options.IsPostgres && string.IsNullOrWhiteSpace(options.Postgres.ConnectionString))
        {
            errors.Add($"{PostgresOptions.ConnectionStringSetting} is missing, and {StorageOptions.Section}:Storage is '{StorageOptions.PostgreSql}'. Set it to 'Host=…;Database=…;Username=…;Password=…'.");
        }

        if (!IsPath(options.DataDirectory))
        {
            errors.Add($"{DataDirectory.Setting} is empty or not a path. Set it to a writable directory or remove it (default ./data).");
        }

        if (options.SharedDirectory is { Length: > 0 } shared && !IsPath(shared))
        {
            errors.Add($"{StorageOptions.Section}:SharedDirectory is not a path. Set it to a directory that all nodes see, or remove it.");
        }

        if (options.BackupDirectory is { Length: > 0 } backups && !IsPath(backups))
        {
            errors.Add($"{StorageOptions.Section}:BackupDirectory is not a path. Set it to a writable directory or remove it.");
        }

        return errors.Count > 0 ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;
    }

    private static bool IsPath(string path) => !string.IsNullOrWhiteSpace(path) && !path.Contains('\0', StringComparison.Ordinal);
}
