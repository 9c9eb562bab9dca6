using Actors.Live;

namespace Actors.Analytics.Queries.Series;

/// <summary>Reads what live series add up to.</summary>
internal static class LiveSumsReader
{
    // Of each second a few hundred numbers are open at a time, so not too many seconds are.
    private const long RowsPerSlice = 200_000;

    public static LiveSums Read(ReadSession session, LiveSumsQuery query) => new(
        session.Watermark,
        ReadBuckets(session, query),
        LatestTracesReader.Read(session, query.Filter, query.LatestTraces),
        query.RunningSince is { } since ? session.List(new RunningTracesSql(query.Filter, since)) : []);

    private static List<SumBucket> ReadBuckets(ReadSession session, LiveSumsQuery query)
    {
        var times = new SeriesTimes(query.Ranges);
        var sources = times.IsEmpty ? [] : Find(session, query.Filter, times);
        if (sources.Count == 0)
        {
            return [];
        }

        var places = Places(session, query, times, sources);
        return query.BySecond ? BySecond(session, times, sources, places) : ByRange(session, query, times, sources, places);
    }

    private static SeriesPlaces Places(ReadSession session, LiveSumsQuery query, SeriesTimes times, List<(SeriesRows Source, long Rows)> sources)
    {
        var places = new SeriesPlaces(query.Own);
        if (places.HasRoom)
        {
            // Those that have a place already may be among the highest, and so may the value «other», which needs none.
            foreach (var key in session.List(new SeriesRankSql([.. sources.Select(source => source.Source)], times, LiveSeriesKey.MaxPerDimension + places.Most + 1)))
            {
                places.Give(key);
            }
        }

        return places;
    }

    private static List<SumBucket> BySecond(ReadSession session, SeriesTimes times, List<(SeriesRows Source, long Rows)> sources, SeriesPlaces places)
    {
        var answer = new List<SumBucket>();
        foreach (var slice in times.Slices(sources.Sum(source => source.Rows), RowsPerSlice))
        {
            var seconds = new SortedDictionary<long, SeriesBucket>();
            ReadRows(session, sources, places, slice, at =>
            {
                var second = SeriesBucket.SecondOf(at);
                if (!seconds.TryGetValue(second, out var bucket))
                {
                    seconds.Add(second, bucket = new SeriesBucket(places));
                }

                return bucket;
            });
            answer.AddRange(seconds.Select(second => second.Value.ToBucket(second.Key)));
        }

        return answer;
    }

    private static List<SumBucket> ByRange(
        ReadSession session, LiveSumsQuery query, SeriesTimes times, List<(SeriesRows Source, long Rows)> sources, SeriesPlaces places)
    {
        SeriesBucket[] ranges = [.. query.Ranges.Select(_ => new SeriesBucket(places))];
        foreach (var piece in times.Pieces)
        {
            var bucket = new SeriesBucket(places);
            ReadRows(session, sources, places, piece, _ => bucket);
            foreach (var range in times.RangesWith(piece))
            {
                ranges[range].Add(bucket);
            }
        }

        return [.. ranges.Index().Where(range => !range.Item.IsEmpty).Select(range => range.Item.ToBucket(range.Index))];
    }

    /// <summary>The tables that have rows of these times and all that the filter asks for, with their numbers of rows.</summary>
    private static List<(SeriesRows Source, long Rows)> Find(ReadSession session, LiveFilter filter, SeriesTimes times)
    {
        var found = new List<(SeriesRows, long)>();
        foreach (var source in new[] { SeriesSource.Observations, SeriesSource.Traces, SeriesSource.Scores })
        {
            var rows = new SeriesRows(source, filter, LiveSeriesKey.Dimensions);
            if (rows.CanMatch && session.Single(new SeriesExtentSql(source, times)) is { } extent)
            {
                var hasLong = extent.HasLong || (source == SeriesSource.Observations && session.Single(new LongTracesSql(extent.Positions)));
                found.Add((rows with { Positions = extent.Positions, HasLong = hasLong }, extent.Rows));
            }
        }

        return found;
    }

    private static void ReadRows(
        ReadSession session, List<(SeriesRows Source, long Rows)> sources, SeriesPlaces places, LiveRange range, Func<long, SeriesBucket> bucketAt)
    {
        foreach (var (source, _) in sources)
        {
            // The streams of the range alone: joining those of all times to each slice would cost more than the slice.
            if (session.Single(new SeriesPositionsSql(source.Source, (sql, time) => SeriesTimes.WriteCondition(sql, time, range))) is not { } positions)
            {
                continue;
            }

            var rows = source with { Positions = positions };
            if (rows.Source == SeriesSource.Observations)
            {
                session.ForEach(new ObservationFactsSql(rows, places, range), fact => bucketAt(fact.At).Add(fact));
            }
            else if (rows.Source == SeriesSource.Traces)
            {
                session.ForEach(new TraceFactsSql(rows, places, range), fact => bucketAt(fact.At).Add(fact));
            }
            else
            {
                session.ForEach(new ScoreFactsSql(rows, places, range), fact => bucketAt(fact.At).Add(fact));
            }
        }
    }
}
