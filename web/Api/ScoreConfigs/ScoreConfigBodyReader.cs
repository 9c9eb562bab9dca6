using Actors.Scoring;
using Actors.Tracing;

namespace Actors.Web.Api.ScoreConfigs;

/// <summary>Reads score configs and changes of them (langfuse-api §7).</summary>
internal static class ScoreConfigBodyReader
{
    private const string NameFormat = "letters, digits, spaces and _ . - ( )";

    private static readonly string[] Changeable = ["name", "description", "isArchived", "categories", "minValue", "maxValue"];

    /// <summary>The config; null when <paramref name="body"/> says what is wrong.</summary>
    public static ScoreConfigRecord? Read(BodyReader body)
    {
        var type = body.OneOf("dataType", ParseType, "NUMERIC, CATEGORICAL, BOOLEAN, TEXT", required: true);
        if (type == ScoreDataType.Boolean && body.Has("categories") && !body.IsNull("categories"))
        {
            body.Refuse("custom", "categories", "The categories of a boolean config are made, not sent");
        }

        var config = new ScoreConfigRecord
        {
            Id = "",
            Name = ReadName(body, required: true) ?? "",
            DataType = type ?? ScoreDataType.Numeric,
            Categories = type == ScoreDataType.Boolean ? ScoreConfigRules.BooleanCategories : ReadCategories(body),
            MinValue = body.Number("minValue"),
            MaxValue = body.Number("maxValue"),
            Description = body.Text("description", max: ScoreConfigRules.MaxDescriptionLength),
        };
        if (body.Problem is null && ScoreConfigRules.Check(config) is { } problem)
        {
            body.Refuse("custom", problem.Field, problem.Message);
        }

        return body.Problem is null ? config : null;
    }

    /// <summary>The change; null when <paramref name="body"/> says what is wrong.</summary>
    public static ScoreConfigChange? ReadChange(BodyReader body)
    {
        if (!Changeable.Any(body.Has))
        {
            body.RefuseAll("custom", "Request body cannot be empty. At least one field must be provided for update.");
        }

        var change = new ScoreConfigChange
        {
            Name = ReadName(body, required: false),
            Description = body.Text("description", max: ScoreConfigRules.MaxDescriptionLength),
            IsArchived = body.Flag("isArchived"),
            Categories = ReadCategories(body),
            MinValue = body.Number("minValue"),
            MaxValue = body.Number("maxValue"),
        };
        return body.Problem is null ? change : null;
    }

    private static string? ReadName(BodyReader body, bool required) => body.Text(
        "name", required, min: 1, max: ScoreConfigRules.MaxNameLength, ScoreConfigRules.NamePattern(), NameFormat);

    private static List<ScoreCategory>? ReadCategories(BodyReader body)
    {
        if (body.Objects("categories", maxCount: ScoreConfigRules.MaxCategories) is not { } categories)
        {
            return null;
        }

        var read = new List<ScoreCategory>(categories.Count);
        foreach (var category in categories)
        {
            var label = category.Text("label", required: true, min: 1, max: ScoreConfigRules.MaxLabelLength);
            if (category.Number("value", required: true) is { } value && label is not null)
            {
                read.Add(new ScoreCategory(label, value));
            }
        }

        return read;
    }

    private static ScoreDataType? ParseType(string text) =>
        ScoreNames.ParseDataType(text) is { } type and not ScoreDataType.Correction ? type : null;
}
