using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Controls;

/// <summary>The range of time that a page shows: its usual ones, a length of one's own, or two instants in the viewer's time zone.</summary>
public sealed partial class TimeRangePicker
{
    private Popup? _popup;
    private DateTimeOffset? _now;
    private int _amount = 1;
    private string _unit = "h";
    private string? _from;
    private string? _to;
    private string? _problem;
    private string? _shown;

    /// <summary>What the page shows now.</summary>
    [Parameter, EditorRequired]
    public TimeRange Range { get; set; } = TimeRange.Day;

    /// <summary>The usual ranges of the page, shortest first, as they are written on their buttons.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<(TimeRange Range, string Text)> Presets { get; set; } = [];

    /// <summary>The address that shows another range.</summary>
    [Parameter, EditorRequired]
    public Func<TimeRange, string> Address { get; set; } = static range => $"?range={range.Text}";

    private bool IsPreset => Presets.Any(p => p.Range == Range);

    private int LargestAmount => (int)(TimeRange.Longest / UnitOf(_unit));

    private string Text
    {
        get
        {
            if (!Range.IsFixed)
                return $"{Range.Text[..^1]} {Range.Text[^1]}";
            var (from, to) = Range.At(default);
            return $"{Clock.Minute(from)} – {Clock.Minute(to)}";
        }
    }

    /// <inheritdoc/>
    public override Task SetParametersAsync(ParameterView parameters)
    {
        // A live page renders twice a second with a new function each time; what counts is where it leads.
        parameters.SetParameterProperties(this);
        var shown = string.Join(' ', Presets.Select(p => Address(p.Range)).Append(Address(Range)));
        if (shown == _shown)
            return Task.CompletedTask;
        _shown = shown;
        return base.SetParametersAsync(ParameterView.Empty);
    }

    private static TimeSpan UnitOf(string unit) => unit switch { "m" => TimeSpan.FromMinutes(1), "d" => TimeSpan.FromDays(1), _ => TimeSpan.FromHours(1) };

    // What is shown now is what one starts from.
    private void Fill()
    {
        var now = Time.GetUtcNow();
        (_now, _problem) = (now, null);
        var (from, to) = Range.At(now);
        (_from, _to) = (Clock.Field(from), Clock.Field(to));
        _unit = Range.Length.Ticks % TimeSpan.TicksPerDay == 0 ? "d" : Range.Length.Ticks % TimeSpan.TicksPerHour == 0 ? "h" : "m";
        _amount = Math.Max(1, (int)(Range.Length / UnitOf(_unit)));
    }

    private Task ApplyLastAsync()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{_amount}{_unit}");
        var range = TimeRange.Parse(text, Range);
        return range.Text == text ? ApplyAsync(range) : Refuse($"From 1 to {LargestAmount}.");
    }

    private Task ApplyBetweenAsync()
    {
        if (Clock.ReadField(_from) is not { } from || Clock.ReadField(_to) is not { } to)
            return Refuse("Both ends are needed.");
        if (from == to)
            return Refuse("The ends are the same.");
        return (to - from).Duration() > TimeRange.Longest
            ? Refuse($"At most {TimeRange.Longest.TotalDays} days.")
            : ApplyAsync(TimeRange.Between(from, to));
    }

    private Task Refuse(string problem)
    {
        _problem = problem;
        return Task.CompletedTask;
    }

    private async Task ApplyAsync(TimeRange range)
    {
        _problem = null;
        if (_popup is not null)
            await _popup.CloseAsync();
        Navigation.NavigateTo(Address(range));
    }
}
