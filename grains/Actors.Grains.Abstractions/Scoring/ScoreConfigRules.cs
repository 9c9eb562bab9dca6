using System.Text.RegularExpressions;
using Actors.Tracing;

namespace Actors.Scoring;

/// <summary>What configs may say, and whether a score follows its config (langfuse-api §7, langfuse-semantics §10).</summary>
public static partial class ScoreConfigRules
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 35;

    /// <summary>The longest description, in characters.</summary>
    public const int MaxDescriptionLength = 5000;

    /// <summary>The most categories of a config.</summary>
    public const int MaxCategories = 500;

    /// <summary>The longest label of a category, in characters.</summary>
    public const int MaxLabelLength = 500;

    private const int MaxTextLength = 500;

    /// <summary>The categories of every config for booleans.</summary>
    public static IReadOnlyList<ScoreCategory> BooleanCategories { get; } = [new("True", 1), new("False", 0)];

    /// <summary>What a name may be: letters, digits and <c>_ . - ( )</c> and spaces.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_ .()\-]+\z")]
    public static partial Regex NamePattern();

    /// <summary>What is wrong with a config, and in which field; null: nothing.</summary>
    public static (string Field, string Message)? Check(ScoreConfigRecord config)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (config.DataType != ScoreDataType.Numeric && (config.MinValue ?? config.MaxValue) is not null)
        {
            return (config.MinValue is null ? "maxValue" : "minValue", "Only numeric configs have a range");
        }

        if (config.MaxValue <= config.MinValue)
        {
            return ("maxValue", "Maximum value must be greater than Minimum value");
        }

        return config.DataType switch
        {
            ScoreDataType.Categorical => CheckCategories(config.Categories),
            ScoreDataType.Boolean => config.Categories is null || config.Categories.SequenceEqual(BooleanCategories)
                ? null
                : ("categories", "The categories of a boolean config are always True and False"),
            _ => config.Categories is null ? null : ("categories", "Only categorical configs have categories"),
        };
    }

    /// <summary>
    /// The score as its config wants it: with the config's name, and its type where the sender named none.
    /// </summary>
    /// <param name="config">The config; null: there is none with the score's id of it.</param>
    /// <param name="score">The score.</param>
    /// <param name="isTyped">Whether the sender named the type.</param>
    /// <returns>The score, or the field that is wrong and why.</returns>
    public static (ScoreEvent? Score, string Field, string Message) Apply(ScoreConfigRecord? config, ScoreEvent score, bool isTyped)
    {
        ArgumentNullException.ThrowIfNull(score);
        if (config is null)
        {
            return (null, "configId", $"There is no score config '{score.ConfigId}' in this project");
        }

        if (config.IsArchived)
        {
            return (null, "configId", $"The score config '{config.Name}' is archived");
        }

        var type = isTyped ? score.DataType : config.DataType;
        if (type != config.DataType)
        {
            return (null, "dataType", $"The score config '{config.Name}' wants {config.DataType.ToWire()}, not {type.ToWire()}");
        }

        return CheckValue(config, score) is { } problem
            ? (null, "value", problem)
            : (score with { Name = config.Name, DataType = type }, "", "");
    }

    private static string? CheckValue(ScoreConfigRecord config, ScoreEvent score) => config.DataType switch
    {
        ScoreDataType.Numeric => score.Value is not { } number ? "Invalid input: expected number"
            : number < config.MinValue ? FormattableString.Invariant($"The score config '{config.Name}' wants at least {config.MinValue}")
            : number > config.MaxValue ? FormattableString.Invariant($"The score config '{config.Name}' wants at most {config.MaxValue}")
            : null,
        ScoreDataType.Boolean => score.Value is 0 or 1 ? null : "Invalid input: expected 0 or 1",
        ScoreDataType.Categorical => score.StringValue is not { } label ? "Invalid input: expected string"
            : config.Categories!.Any(c => c.Label == label) ? null
            : $"The score config '{config.Name}' has no category '{label}'",
        _ => score.StringValue is { Length: > 0 and <= MaxTextLength } ? null : $"Invalid input: expected 1 to {MaxTextLength} characters",
    };

    private static (string Field, string Message)? CheckCategories(IReadOnlyList<ScoreCategory>? categories)
    {
        if (categories is not { Count: > 0 })
        {
            return ("categories", "Categorical configs need at least one category");
        }

        return categories.GroupBy(c => c.Label).FirstOrDefault(g => g.Count() > 1) is { } label
            ? ("categories", $"Duplicate category label: {label.Key}, category labels must be unique")
            : categories.GroupBy(c => c.Value).FirstOrDefault(g => g.Count() > 1) is { } value
                ? ("categories", FormattableString.Invariant($"Duplicate category value: {value.Key}, category values must be unique"))
                : null;
    }
}
