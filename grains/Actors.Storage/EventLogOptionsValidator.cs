using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Actors.Storage;

/// <summary>Checks the ranges of <see cref="EventLogOptions"/> at start and names every key that is wrong.</summary>
internal sealed class EventLogOptionsValidator : IValidateOptions<EventLogOptions>
{
    public ValidateOptionsResult Validate(string? name, EventLogOptions options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        var errors = results
            .Select(r => $"{EventLogOptions.Section}:{r.MemberNames.FirstOrDefault()} is out of range: {r.ErrorMessage} Correct it or remove it.")
            .ToList();
        if (options.MaxBatchBytes > options.MaxQueuedBytes)
        {
            errors.Add($"{EventLogOptions.Section}:MaxBatchBytes is larger than MaxQueuedBytes. Lower the first or raise the second.");
        }

        return errors.Count > 0 ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;
    }
}
