using System.Data.Common;
using Actors.Analytics.Queries.Series;
using Actors.Live;
using Actors.Queries;

namespace Actors.Analytics.Queries.Findings;

/// <summary>Values that occur in a window and do not before one of its moments; the newest first.</summary>
/// <param name="Rows">The rows of the window.</param>
/// <param name="Subject">What is looked for.</param>
/// <param name="Since">The moment.</param>
internal readonly record struct ChangesSql(WindowRows Rows, ChangeSubject Subject, DateTimeOffset Since) : ISqlQuery<Change>
{
    public void Write(Sql sql)
    {
        var time = Rows.Rows.Source.Time;
        sql.Append($"""
            SELECT value, name, first.at, first.trace, first.observation, first.message, rows FROM (
                SELECT
                    {Subject.Value} AS value, {Subject.Name} AS name, count(*) AS rows,
                    min(struct_pack(at := {time}, trace := {Subject.TraceId}, observation := {Subject.ObservationId}, message := {Subject.Message})) AS first
            """);
        Rows.Write(sql);
        sql.Append($"AND {Subject.Condition} GROUP BY ALL");
        sql.Append($") WHERE first.at >= {Since} ORDER BY first.at DESC, value, name LIMIT {ChangesQuery.MaxChanges}");
    }

    public Change Read(DbDataReader row) => new()
    {
        Kind = Subject.Kind,
        Value = row.Text(0),
        Name = row.TextOrNull(1),
        At = row.Time(2),
        TraceId = row.Text(3),
        ObservationId = row.TextOrNull(4),
        Message = row.TextOrNull(5),
        Count = row.GetInt64(6),
    };
}

/// <summary>Where a kind of change is looked for.</summary>
internal sealed record ChangeSubject
{
    private static readonly Sql.Fragment Nothing = new("NULL::VARCHAR");

    private ChangeSubject(ChangeKinds kind, SeriesSource source, Sql.Fragment value, Sql.Fragment condition) =>
        (Kind, Source, Value, Condition) = (kind, source, value, condition);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ChangeSubject> All { get; } =
    [
        new(ChangeKinds.Error, SeriesSource.Observations, FailurePattern.Of, FailurePattern.Failed)
        {
            Name = new Sql.Fragment("o.name"),
            Message = new Sql.Fragment("o.status_message"),
        },
        OfObservations(ChangeKinds.Model, LiveDimension.Model, "o.calls_model AND o.model IS NOT NULL"),
        OfObservations(ChangeKinds.PromptVersion, LiveDimension.PromptVersion, "o.prompt_name IS NOT NULL AND o.prompt_version IS NOT NULL"),
        new(ChangeKinds.Release, SeriesSource.Traces, SeriesSource.Traces.Value(LiveDimension.Release), new Sql.Fragment("t.release IS NOT NULL"))
        {
            TraceId = new Sql.Fragment("t.id"),
            ObservationId = Nothing,
        },
    ];

    public ChangeKinds Kind { get; }

    public SeriesSource Source { get; }

    public Sql.Fragment Value { get; }

    public Sql.Fragment Condition { get; }

    public Sql.Fragment Name { get; private init; } = Nothing;

    public Sql.Fragment Message { get; private init; } = Nothing;

    public Sql.Fragment TraceId { get; private init; } = new("o.trace_id");

    public Sql.Fragment ObservationId { get; private init; } = new("o.id");

    private static ChangeSubject OfObservations(ChangeKinds kind, LiveDimension dimension, string condition) =>
        new(kind, SeriesSource.Observations, SeriesSource.Observations.Value(dimension), new Sql.Fragment(condition));
}

/// <summary>Reads what came up for the first time.</summary>
internal static class ChangesReader
{
    public static Changes Read(ReadSession session, ChangesQuery query)
    {
        var window = new TimeWindow(query.From - query.LookBack, query.To, query.To - query.From, query.Filter);
        var found = ChangeSubject.All
            .Where(subject => query.Kinds.HasFlag(subject.Kind))
            .SelectMany(subject => session.List(new ChangesSql(window.Rows(session, subject.Source), subject, query.From)));
        return new Changes(
            session.Watermark,
            [.. found.OrderByDescending(c => c.At).ThenBy(c => c.Kind).ThenBy(c => c.Value, StringComparer.Ordinal).Take(ChangesQuery.MaxChanges)]);
    }
}
