using Actors.Filtering;
using Actors.Queries;

namespace Actors.Analytics.Queries.Groups;

/// <summary>Reads pages of sessions and users: first which they are, then everything about those few.</summary>
internal static class TraceGroupReader
{
    public static Page<TraceGroup> Read(ReadSession session, TraceGroupQuery query)
    {
        var fences = query.WithOutliers ? session.Single(new OutlierFencesSql(query)) : default;
        var found = session.List(new TraceGroupIdsSql(query, fences));
        if (found.Count == 0)
        {
            // A page behind the last one does not know how many are before it.
            var before = query is { WithTotal: true, Offset: > 0 } ? session.Single(new TraceGroupCountSql(query)) : 0;
            return new Page<TraceGroup>([], before, session.Watermark, session.Head);
        }

        return new Page<TraceGroup>(ReadRows(session, query, found.ConvertAll(row => row.Id), fences), found[0].Total, session.Watermark, session.Head);
    }

    public static TraceGroupFacets ReadFacets(ReadSession session, TraceGroupQuery query) => new(
        session.List(new TraceGroupFacetSql(query, "environment", "unnest(g.environments)")),
        session.List(new TraceGroupFacetSql(query, "level", "g.level")),
        session.List(new TraceGroupFacetSql(query, "tags", "unnest(g.tags)")),
        session.List(new TraceGroupFacetSql(query, "release", "unnest(g.releases)")));

    private static List<TraceGroup> ReadRows(ReadSession session, TraceGroupQuery query, List<string> ids, OutlierFences fences)
    {
        var page = query with { Ids = ids, Filter = Filter.Everything };
        var rows = session.List(new TraceGroupRowsSql(page)).ToDictionary(group => group.Id);
        var scores = session.List(new GroupScoresSql(page)).ToLookup(score => score.GroupId);
        var courses = query.Kind == TraceGroupKind.Session ? SessionCourses(session, page) : UserCourses(session, page, rows.Values);
        return ids.ConvertAll(id => rows[id] with
        {
            Scores = [.. scores[id].Select(score => score.Mean)],
            Satisfaction = Satisfaction([.. scores[id]]),
            Course = courses.GetValueOrDefault(id, []),
            Outlier = fences.OutlierOf(rows[id]),
        });
    }

    private static double? Satisfaction(GroupScore[] scores) =>
        scores.Sum(score => score.Feedback) is > 0 and var count ? scores.Sum(score => score.FeedbackSum) / count : null;

    private static Dictionary<string, double?[]> SessionCourses(ReadSession session, TraceGroupQuery page) =>
        session.List(new SessionCourseSql(page))
            .GroupBy(point => point.GroupId, point => point.LatencyMs)
            .ToDictionary(course => course.Key, course => course.ToArray());

    private static Dictionary<string, double?[]> UserCourses(ReadSession session, TraceGroupQuery page, IReadOnlyCollection<TraceGroup> rows)
    {
        // Where the question has no bounds, what there is has.
        var from = (page.From ?? rows.Min(row => row.FirstAt)).ToUnixTimeMilliseconds();
        var to = Math.Max(from + 1, (page.To ?? rows.Max(row => row.LastAt).AddMilliseconds(1)).ToUnixTimeMilliseconds());
        var courses = rows.ToDictionary(row => row.Id, _ => Enumerable.Repeat<double?>(0, TraceGroup.MaxCourse).ToArray());
        foreach (var (id, step, traces) in session.List(new UserCourseSql(page, from, to)))
        {
            courses[id][Math.Clamp(step, 0, TraceGroup.MaxCourse - 1)] += traces;
        }

        return courses;
    }
}
