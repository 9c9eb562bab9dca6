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
    /// <param name="config">The config; null: there is none with this id.</param>
    /// <param name="score">The score.</param>
    /// <param name="isTyped">Whether the sender named the type.</param>
    public static ScoreVerdict Apply(ScoreConfigRecord? config, ScoreEvent score, bool isTyped)
    {
        ArgumentNullException.ThrowIfNull(score);
        var type = isTyped || config is null ? score.DataType : config.DataType;
        var problem = config switch
        {
            null => $"There is no score config '{score.ConfigId}' in this project",
            { IsArchived: true } => $"The score config '{config.Name}' is archived",
            _ when type != config.DataType => $"The score config '{config.Name}' wants {config.DataType.ToWire()}, not {type.ToWire()}",
            _ => CheckValue(config, score),
        };
        return problem is null ? ScoreVerdict.Accepted(score with { Name = config!.Name, DataType = type }) : ScoreVerdict.Refused(problem);
    }

    private static string? CheckValue(ScoreConfigRecord config, ScoreEvent score) => config.DataType switch
    {
        ScoreDataType.Numeric => score.Value is not { } number ? $"The score config '{config.Name}' wants a number"
            : number < config.MinValue ? FormattableString.Invariant($"The score config '{config.Name}' wants at least {config.MinValue}")
            : number > config.MaxValue ? FormattableString.Invariant($"The score config '{config.Name}' wants at most {config.MaxValue}")
            : null,
        ScoreDataType.Boolean => score.Value is 0 or 1 ? null : $"The score config '{config.Name}' wants 0 or 1",
        ScoreDataType.Categorical => score.StringValue is not { } label ? $"The score config '{config.Name}' wants a category"
            : config.Categories!.Any(c => c.Label == label) ? null
            : $"The score config '{config.Name}' has no category '{label}'",
        _ => score.StringValue is { Length: > 0 and <= MaxTextLength } ? null : $"The score config '{config.Name}' wants a text of 1 to {MaxTextLength} characters",
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
