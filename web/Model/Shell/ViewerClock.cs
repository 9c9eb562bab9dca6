using System.Globalization;

namespace Actors.Web.Model.Shell;

/// <summary>Writes instants in the time zone of the person looking. One per circuit.</summary>
public sealed class ViewerClock
{
    private const string FieldFormat = "yyyy-MM-ddTHH:mm:ss";

    private TimeZoneInfo _zone = TimeZoneInfo.Utc;

    /// <summary>Takes the browser's IANA zone; an unknown one leaves UTC. Returns whether anything changed.</summary>
    public bool Use(string? zoneId)
    {
        if (string.IsNullOrEmpty(zoneId) || zoneId == _zone.Id || !TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var zone))
            return false;
        _zone = zone;
        return true;
    }

    /// <summary>The zone that times are written in, for example <c>Europe/Berlin</c>.</summary>
    public string Zone => _zone.Id;

    /// <summary><c>18:14:57</c></summary>
    public string Time(DateTimeOffset at) => At(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary><c>Nov 23 18:14:57.204</c></summary>
    public string Full(DateTimeOffset at) => At(at).ToString("MMM dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary><c>Nov 23 18:14:57</c></summary>
    public string Second(DateTimeOffset at) => At(at).ToString("MMM dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary><c>Nov 23, 18:14</c></summary>
    public string Minute(DateTimeOffset at) => At(at).ToString("MMM dd, HH:mm", CultureInfo.InvariantCulture);

    /// <summary><c>2026-11-23T18:14:57</c>, as a field for date and time has it.</summary>
    public string Field(DateTimeOffset at) => At(at).ToString(FieldFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads a field for date and time. An hour that the zone skips is read as the one after it; of one it has twice, the first is meant.</summary>
    public DateTimeOffset? ReadField(string? text)
    {
        if (!DateTime.TryParseExact(text, [FieldFormat, "yyyy-MM-ddTHH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return null;
        var offset = _zone.IsInvalidTime(local) ? _zone.GetUtcOffset(local.AddHours(-1))
            : _zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local).Max()
            : _zone.GetUtcOffset(local);
        var ticks = local.Ticks - offset.Ticks;
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    private DateTimeOffset At(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _zone);
}
