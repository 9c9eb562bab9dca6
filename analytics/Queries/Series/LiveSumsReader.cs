using Actors.Live;

namespace Actors.Analytics.Queries.Series;

/// <summary>Puts together what live series add up to.</summary>
internal static class LiveSumsReader
{
    public static LiveSums Read(ReadSession session, LiveSumsQuery query) => new(
        session.Watermark,
        ReadBuckets(session, query),
        LatestTracesReader.Read(session, query.Filter, query.LatestTraces),
        query.RunningSince is { } since ? session.List(new RunningTracesSql(query.Filter, since)) : []);

    private static IReadOnlyList<SumBucket> ReadBuckets(ReadSession session, LiveSumsQuery query)
    {
        var times = new SeriesTimes(query.Ranges, query.BySecond);
        if (times.IsEmpty)
        {
            return [];
        }

        var sources = Sources(session, query.Filter, times);
        var places = new SeriesPlaces(query.Own);
        if (sources.Count > 0 && places.HasRoom)
        {
            // Those that have a place already may be among the highest, and so may the value «other», which needs none.
            foreach (var key in session.List(new SeriesRankSql(sources, LiveSeriesKey.MaxPerDimension + places.Most + 1)))
            {
                places.Give(key);
            }
        }

        var answer = new SumsBuilder(times, places);
        foreach (var (source, rows) in sources)
        {
            answer.Add(source == SeriesSource.Traces ? session.List(new TraceSumsSql(rows, places))
                : source == SeriesSource.Scores ? session.List(new ScoreSumsSql(rows, places))
                : session.List(new ObservationSumsSql(rows, places)));
            if (source == SeriesSource.Observations)
            {
                answer.Add(session.List(new SeriesSketchSql(rows, places)));
            }
        }

        return answer.ToBuckets();
    }

    private static List<(SeriesSource Source, SeriesRows Rows)> Sources(ReadSession session, LiveFilter filter, SeriesTimes times)
    {
        var sources = new List<(SeriesSource, SeriesRows)>();
        foreach (var source in new[] { SeriesSource.Observations, SeriesSource.Traces, SeriesSource.Scores })
        {
            if (filter.Conditions.All(c => source.Has(c.Dimension)) && session.Single(new SeriesPositionsSql(source, times)) is { } positions)
            {
                sources.Add((source, new SeriesRows(filter, times, positions)));
            }
        }

        return sources;
    }
}
