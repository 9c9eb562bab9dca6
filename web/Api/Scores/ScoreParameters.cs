using Actors.Queries;
using Actors.Tracing;

namespace Actors.Web.Api.Scores;

/// <summary>The query parameters that the first two versions of the score lists share (langfuse-api §6.2, §6.3).</summary>
internal static class ScoreParameters
{
    private const string DataTypes = "NUMERIC, CATEGORICAL, BOOLEAN, TEXT, CORRECTION";
    private const string Sources = "API, ANNOTATION, EVAL";
    private const string Operators = "<, >, <=, >=, !=, =";

    public static ScoreQuery Read(QueryReader reader)
    {
        var page = reader.Page();
        var comparison = reader.OneOf("operator", ParseComparison, Operators);
        var value = reader.Number("value");
        return new ScoreQuery
        {
            Page = page.Page,
            Limit = page.Limit,
            UserId = reader.Text("userId"),
            Names = One(reader.Text("name")),
            From = reader.Time("fromTimestamp"),
            To = reader.Time("toTimestamp"),
            Environments = reader.List("environment"),
            Sources = One(reader.OneOf("source", ScoreNames.ParseSource, Sources)),

            // Either of the two alone says nothing and is passed over, as the contract's own server does.
            ValueTests = comparison is { } how && value is { } number ? [new ScoreValueTest(how, number)] : [],
            Ids = reader.Csv("scoreIds"),
            ConfigIds = One(reader.Text("configId")),
            QueueIds = One(reader.Text("queueId")),
            DataTypes = One(reader.OneOf("dataType", ScoreNames.ParseDataType, DataTypes)),
            TraceTags = reader.List("traceTags"),
        };
    }

    public static IReadOnlyList<ScoreDataType> ReadDataTypes(QueryReader reader) =>
        reader.CsvOf("dataType", ScoreNames.ParseDataType, DataTypes);

    public static IReadOnlyList<ScoreSource> ReadSources(QueryReader reader) =>
        reader.CsvOf("source", ScoreNames.ParseSource, Sources);

    public static IReadOnlyList<string> One(string? value) => value is null ? [] : [value];

    private static T[] One<T>(T? value)
        where T : struct => value is { } one ? [one] : [];

    private static ScoreComparison? ParseComparison(string text) => text switch
    {
        "=" => ScoreComparison.Equal,
        "!=" => ScoreComparison.NotEqual,
        "<" => ScoreComparison.Less,
        "<=" => ScoreComparison.LessOrEqual,
        ">" => ScoreComparison.Greater,
        ">=" => ScoreComparison.GreaterOrEqual,
        _ => null,
    };
}
