using System.Globalization;
using Actors.Tracing;
using Actors.Web.Ingestion;

namespace Actors.Web.Otlp;

/// <summary>
/// Makes scores out of the <c>gen_ai.evaluation.result</c> events of a span (semantic conventions 1.38.0): the span is what
/// was evaluated. A result with neither a number nor a label, for example one of an evaluation that failed, is no score.
/// </summary>
internal static class EvaluationReader
{
    private const int MaxScores = 1000;

    /// <summary>The scores; sent again, they have the same ids again.</summary>
    public static IEnumerable<ScoreEvent> Read(SpanSource source, string eventId, DateTimeOffset start)
    {
        Dictionary<string, int>? seen = null;
        var scores = 0;
        foreach (var e in source.Span.Events)
        {
            if (e.Name != OtlpAttributes.EvaluationEvent || e.Attributes.Text(OtlpAttributes.EvaluationName) is not { } name)
            {
                continue;
            }

            // A span may be evaluated by the same name more than once; the place tells them apart.
            seen ??= new Dictionary<string, int>(StringComparer.Ordinal);
            var place = seen[name] = seen.GetValueOrDefault(name) + 1;
            if (scores < MaxScores && Score(source, e, name, place, eventId, start) is { } score)
            {
                scores++;
                yield return score;
            }
        }
    }

    private static ScoreEvent? Score(SpanSource source, OtlpSpanEvent e, string name, int place, string eventId, DateTimeOffset start)
    {
        var number = e.Attributes.Get(OtlpAttributes.EvaluationValue).Number is { } said && double.IsFinite(said) ? said : (double?)null;
        var label = e.Attributes.Text(OtlpAttributes.EvaluationLabel);
        if (number is null && label is null)
        {
            return null;
        }

        var span = source.Span;
        return new ScoreEvent
        {
            EventId = string.Create(CultureInfo.InvariantCulture, $"{eventId}-score-{name}-{place}"),
            Timestamp = e.Time != 0 && OtlpTime.IsAllowed(e.Time) ? OtlpTime.ToTime(e.Time) : start,
            ScoreId = DerivedId.From(string.Create(CultureInfo.InvariantCulture, $"{span.TraceId}/{span.SpanId}/{name}/{place}")),
            Name = name,
            DataType = number is null ? ScoreDataType.Categorical : ScoreDataType.Numeric,
            Value = number,
            StringValue = number is null ? label : null,
            ObservationId = span.SpanId,
            Source = ScoreSource.Eval,
            Comment = e.Attributes.Text(OtlpAttributes.EvaluationExplanation),
            Metadata = Metadata(e.Attributes),
            Environment = TraceAttributes.Environment(source),
        };
    }

    private static string? Metadata(OtlpAttributeSet attributes)
    {
        var metadata = new JsonObjectText();
        foreach (var (key, value) in attributes.All)
        {
            if (key is not (OtlpAttributes.EvaluationName or OtlpAttributes.EvaluationValue or OtlpAttributes.EvaluationExplanation)
                && value.AsParsedJson() is { } json)
            {
                metadata.Add(key, json);
            }
        }

        return metadata.IsEmpty ? null : metadata.ToString();
    }
}
