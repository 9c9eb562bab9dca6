namespace Actors.Queries;

/// <summary>Steps of time.</summary>
public static class MetricsTime
{
    /// <summary>The steps in which a range is best looked at (langfuse-api §13.1, granularity <c>auto</c>).</summary>
    public static MetricsGranularity Choose(TimeSpan range) => range.TotalHours switch
    {
        < 2 => MetricsGranularity.Minute,
        < 72 => MetricsGranularity.Hour,
        < 60 * 24 => MetricsGranularity.Day,
        < 365 * 24 => MetricsGranularity.Week,
        _ => MetricsGranularity.Month,
    };

    /// <summary>The start of the step in which <paramref name="time"/> lies.</summary>
    public static DateTimeOffset Floor(DateTimeOffset time, MetricsGranularity granularity)
    {
        var utc = time.UtcDateTime;
        var start = granularity switch
        {
            MetricsGranularity.Minute => new DateTime(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerMinute)),
            MetricsGranularity.Hour => new DateTime(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerHour)),
            MetricsGranularity.Day => utc.Date,
            MetricsGranularity.Week => utc.Date.AddDays(-(((int)utc.DayOfWeek + 6) % 7)),
            _ => new DateTime(utc.Year, utc.Month, 1),
        };
        return new DateTimeOffset(start.Ticks, TimeSpan.Zero);
    }

    /// <summary>The start of the step after the one that begins at <paramref name="start"/>.</summary>
    public static DateTimeOffset Next(DateTimeOffset start, MetricsGranularity granularity) => granularity switch
    {
        MetricsGranularity.Minute => start.AddMinutes(1),
        MetricsGranularity.Hour => start.AddHours(1),
        MetricsGranularity.Day => start.AddDays(1),
        MetricsGranularity.Week => start.AddDays(7),
        _ => start.AddMonths(1),
    };

    /// <summary>How many steps a range touches, roughly: at most two more than there are.</summary>
    public static double Count(TimeSpan range, MetricsGranularity granularity) => 1 + (range / granularity switch
    {
        MetricsGranularity.Minute => TimeSpan.FromMinutes(1),
        MetricsGranularity.Hour => TimeSpan.FromHours(1),
        MetricsGranularity.Day => TimeSpan.FromDays(1),
        MetricsGranularity.Week => TimeSpan.FromDays(7),
        _ => TimeSpan.FromDays(28),
    });
}
