using Microsoft.Extensions.Options;

namespace Actors.Storage;

/// <summary>Checks <see cref="StorageOptions"/> at start and names every key that is wrong.</summary>
internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var errors = new List<string>();
        if (!string.Equals(options.Storage, StorageOptions.Sqlite, StringComparison.OrdinalIgnoreCase))
        {
            errors.Add($"{StorageOptions.Section}:Storage is '{options.Storage}', but this version has only '{StorageOptions.Sqlite}'. Set it to '{StorageOptions.Sqlite}' or remove it.");
        }

        if (string.IsNullOrWhiteSpace(options.DataDirectory) || options.DataDirectory.Contains('\0', StringComparison.Ordinal))
        {
            errors.Add($"{DataDirectory.Setting} is empty or not a path. Set it to a writable directory or remove it (default ./data).");
        }

        return errors.Count > 0 ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;
    }
}
