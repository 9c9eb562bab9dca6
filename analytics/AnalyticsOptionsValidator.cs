using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Actors.Analytics;

/// <summary>Says all that is wrong with the options at once, each with its key.</summary>
internal sealed class AnalyticsOptionsValidator : IValidateOptions<AnalyticsOptions>
{
    public ValidateOptionsResult Validate(string? name, AnalyticsOptions options)
    {
        var results = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(results.Select(result =>
                $"{AnalyticsOptions.Section}:{result.MemberNames.FirstOrDefault()}: {result.ErrorMessage} Set a value in the range or remove the setting."));
    }
}
