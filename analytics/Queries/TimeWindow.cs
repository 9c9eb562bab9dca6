using Actors.Analytics.Queries.Series;
using Actors.Live;

namespace Actors.Analytics.Queries;

/// <summary>A window of time, cut into buckets, and what is counted in it.</summary>
internal readonly record struct TimeWindow(DateTimeOffset From, DateTimeOffset To, TimeSpan Step, LiveFilter Filter)
{
    public long FromMs => From.ToUnixTimeMilliseconds();

    public long StepMs => Math.Max(1, (long)Step.TotalMilliseconds);

    /// <summary>The window of the same length before this one.</summary>
    public TimeWindow Previous => this with { From = From - (To - From), To = From };

    /// <summary>The rows of a table that it counts, and what they say of some dimensions.</summary>
    public WindowRows Rows(ReadSession session, SeriesSource source, params LiveDimension[] dimensions)
    {
        var rows = new SeriesRows(source, Filter, dimensions);
        var extent = rows.HasJoins ? session.Single(new SeriesExtentSql(rows, WriteCondition)) : null;
        return new WindowRows(this, rows with { Positions = extent?.Positions ?? default });
    }

    /// <summary>Writes that a time lies in the window.</summary>
    public void WriteCondition(Sql sql, Sql.Fragment time) => sql.Append($"{time} >= {From} AND {time} < {To}");
}

/// <summary>The rows of one table that a window counts.</summary>
internal readonly record struct WindowRows(TimeWindow Window, SeriesRows Rows)
{
    /// <summary>Writes the number of the bucket that a row is in.</summary>
    public void WriteBucket(Sql sql) => sql.Append($"(epoch_ms({Rows.Source.Time}) - {Window.FromMs}) // {Window.StepMs} AS bucket");

    /// <summary>Writes from <c>FROM</c> to the last condition.</summary>
    public void Write(Sql sql) => Rows.Write(sql, Window.WriteCondition);
}
