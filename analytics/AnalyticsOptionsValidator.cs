using System.ComponentModel.DataAnnotations;
using Actors.Analytics.Bases;
using Microsoft.Extensions.Options;

namespace Actors.Analytics;

/// <summary>Says all that is wrong with the options at once, each with its key.</summary>
internal sealed class AnalyticsOptionsValidator : IValidateOptions<AnalyticsOptions>, IValidateOptions<BaseOptions>
{
    public ValidateOptionsResult Validate(string? name, AnalyticsOptions options) => Check(AnalyticsOptions.Section, options);

    public ValidateOptionsResult Validate(string? name, BaseOptions options) => Check(BaseOptions.Section, options);

    private static ValidateOptionsResult Check(string section, object options)
    {
        var results = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(results.Select(result =>
                $"{section}:{result.MemberNames.FirstOrDefault()}: {result.ErrorMessage} Set a value in the range or remove the setting."));
    }
}
