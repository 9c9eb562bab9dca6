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
        if (times.IsEmpty)
        {
            return [];
        }

        var found = SeriesRowsReader.Find(
            session, query.Filter, LiveSeriesKey.Dimensions, times.WriteCondition, SeriesSource.Observations, SeriesSource.Traces, SeriesSource.Scores);
        if (found.Count == 0)
        {
            return [];
        }

        List<SeriesRows> tables = [.. found.Select(f => f.Rows)];
        var places = new SeriesPlaces(query.Own);

        // Those that have a place already may be among the highest, and so may the value «other», which needs none.
        var ranked = session.List(new SeriesRankSql(tables, times, LiveSeriesKey.MaxPerDimension + places.Most + 1));
        foreach (var value in ranked)
        {
            places.Give(value.Key);
        }

        var hasLong = ranked is [var any, ..] && any.HasLong;
        var reader = new SeriesReader(session, [.. tables.Select(table => table with { HasLong = hasLong })], places);
        return query.BySecond ? BySecond(reader, times.Slices(found.Sum(f => f.Extent.Rows), RowsPerSlice), places) : ByRange(reader, query, times, places);
    }

    private static List<SumBucket> BySecond(SeriesReader reader, IEnumerable<LiveRange> slices, SeriesPlaces places)
    {
        var answer = new List<SumBucket>();
        foreach (var slice in slices)
        {
            var seconds = new SortedDictionary<long, SeriesBucket>();
            reader.Read(slice, at =>
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

    private static List<SumBucket> ByRange(SeriesReader reader, LiveSumsQuery query, SeriesTimes times, SeriesPlaces places)
    {
        SeriesBucket[] ranges = [.. query.Ranges.Select(_ => new SeriesBucket(places))];
        foreach (var piece in times.Pieces)
        {
            var bucket = new SeriesBucket(places);
            reader.Read(piece, _ => bucket);
            foreach (var range in times.RangesWith(piece))
            {
                ranges[range].Add(bucket);
            }
        }

        return [.. ranges.Index().Where(range => !range.Item.IsEmpty).Select(range => range.Item.ToBucket(range.Index))];
    }
}

/// <summary>Adds rows of all tables to buckets.</summary>
internal sealed class SeriesReader(ReadSession session, IReadOnlyList<SeriesRows> tables, SeriesPlaces places)
{
    /// <summary>Adds the rows of a range to the buckets of their times, which are in microseconds.</summary>
    public void Read(LiveRange range, Func<long, SeriesBucket> bucketAt)
    {
        foreach (var table in tables)
        {
            // The streams of the range alone: joining those of all times to each slice would cost more than the slice.
            if (session.Single(new SeriesExtentSql(table, (sql, time) => SeriesTimes.WriteCondition(sql, time, range))) is not { } extent)
            {
                continue;
            }

            var rows = table with { Positions = extent.Positions };
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
