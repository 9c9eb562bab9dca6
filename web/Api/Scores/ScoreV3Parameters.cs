using Actors.Queries;
using Actors.Tracing;

namespace Actors.Web.Api.Scores;

/// <summary>The query parameters of <c>/v3/scores</c> and what they say together (langfuse-api §6.4).</summary>
internal static class ScoreV3Parameters
{
    private const int MaxLimit = 100;

    public static (ScoreQuery Query, ScoreFieldGroups Groups) Read(QueryReader reader)
    {
        reader.RefuseOthers(
            "limit", "cursor", "fields", "id", "name", "source", "dataType", "environment", "configId", "queueId", "authorUserId",
            "value", "valueMin", "valueMax", "traceId", "sessionId", "observationId", "experimentId", "fromTimestamp", "toTimestamp");
        var query = new ScoreQuery
        {
            Limit = reader.Integer("limit", 50, 1, MaxLimit),
            After = ReadCursor(reader),
            WithTotal = false,
            Ids = reader.Csv("id"),
            Names = reader.Csv("name"),
            Sources = ScoreParameters.ReadSources(reader),
            DataTypes = ScoreParameters.ReadDataTypes(reader),
            Environments = reader.Csv("environment"),
            ConfigIds = reader.Csv("configId"),
            QueueIds = reader.Csv("queueId"),
            AuthorUserIds = reader.Csv("authorUserId"),
            TraceIds = reader.Csv("traceId"),
            SessionIds = reader.Csv("sessionId"),
            ObservationIds = reader.Csv("observationId"),
            DatasetRunIds = reader.Csv("experimentId"),
            From = reader.Time("fromTimestamp"),
            To = reader.Time("toTimestamp"),
        };
        CheckSubject(reader, query);
        return (ReadValue(reader, ReadRange(reader, query)), ReadGroups(reader));
    }

    private static ScoreCursor? ReadCursor(QueryReader reader)
    {
        if (reader.Text("cursor") is not { } text)
        {
            return null;
        }

        if (ScoreV3Cursor.Parse(text) is { } cursor)
        {
            return cursor;
        }

        reader.Refuse("custom", "cursor", "Invalid cursor: take it from meta.cursor of the page before");
        return null;
    }

    private static ScoreFieldGroups ReadGroups(QueryReader reader)
    {
        var groups = ScoreFieldGroups.Core;
        foreach (var name in reader.Csv("fields"))
        {
            switch (name)
            {
                case "core":
                    break;
                case "details":
                    groups |= ScoreFieldGroups.Details;
                    break;
                case "subject":
                    groups |= ScoreFieldGroups.Subject;
                    break;
                case "annotation":
                    groups |= ScoreFieldGroups.Annotation;
                    break;
                default:
                    reader.Refuse("invalid_value", "fields", "Invalid option: expected one of core, details, subject, annotation");
                    return groups;
            }
        }

        return groups;
    }

    private static void CheckSubject(QueryReader reader, ScoreQuery query)
    {
        var subjects = (query.TraceIds.Count > 0 ? 1 : 0) + (query.SessionIds.Count > 0 ? 1 : 0) + (query.DatasetRunIds.Count > 0 ? 1 : 0);
        if (subjects > 1)
        {
            reader.Refuse("custom", "traceId", "Use at most one of traceId, sessionId and experimentId");
        }

        if (query.ObservationIds.Count > 0 && query.TraceIds.Count == 0)
        {
            reader.Refuse("custom", "observationId", "observationId needs a traceId");
        }
    }

    private static ScoreQuery ReadRange(QueryReader reader, ScoreQuery query)
    {
        var min = reader.Number("valueMin");
        var max = reader.Number("valueMax");
        if ((min ?? max) is not null && query.DataTypes is not [ScoreDataType.Numeric])
        {
            reader.Refuse("custom", min is null ? "valueMax" : "valueMin", "valueMin and valueMax need dataType=NUMERIC");
        }

        var tests = new List<ScoreValueTest>();
        if (min is { } least)
        {
            tests.Add(new ScoreValueTest(ScoreComparison.GreaterOrEqual, least));
        }

        if (max is { } most)
        {
            tests.Add(new ScoreValueTest(ScoreComparison.LessOrEqual, most));
        }

        return query with { ValueTests = tests };
    }

    private static ScoreQuery ReadValue(QueryReader reader, ScoreQuery query)
    {
        if (reader.Text("value") is null)
        {
            return query;
        }

        switch (query.DataTypes)
        {
            case [ScoreDataType.Categorical]:
                return query with { Labels = reader.Csv("value") };
            case [ScoreDataType.Numeric]:
                return query with { Values = reader.CsvOf("value", QueryReader.ParseNumber, "numbers") };
            case [ScoreDataType.Boolean]:
                return query with { Values = reader.CsvOf("value", ParseBoolean, "true, false") };
            default:
                reader.Refuse("custom", "value", "value needs exactly one dataType of NUMERIC, BOOLEAN and CATEGORICAL");
                return query;
        }
    }

    private static double? ParseBoolean(string text) => text.ToLowerInvariant() switch
    {
        "true" or "1" => 1,
        "false" or "0" => 0,
        _ => null,
    };
}
