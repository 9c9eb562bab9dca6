using System.Globalization;

namespace Actors.Web.Model.Shell;

/// <summary>Writes instants in the time zone of the person looking. One per circuit.</summary>
public sealed class ViewerClock
{
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;

    /// <summary>Takes the browser's IANA zone; an unknown one leaves UTC. Returns whether anything changed.</summary>
    public bool Use(string? zoneId)
    {
        if (string.IsNullOrEmpty(zoneId) || zoneId == _zone.Id || !TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var zone))
            return false;
        _zone = zone;
        return true;
    }

    /// <summary><c>18:14:57</c></summary>
    public string Time(DateTimeOffset at) => At(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary><c>Nov 23 18:14:57.204</c></summary>
    public string Full(DateTimeOffset at) => At(at).ToString("MMM dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary><c>Nov 23 18:14:57</c></summary>
    public string Second(DateTimeOffset at) => At(at).ToString("MMM dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary><c>Nov 23, 18:14</c></summary>
    public string Minute(DateTimeOffset at) => At(at).ToString("MMM dd, HH:mm", CultureInfo.InvariantCulture);

    private DateTimeOffset At(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _zone);
}
