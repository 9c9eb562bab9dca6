using Actors.Web.Model;
using Actors.Web.Model.Live;

namespace Actors.Web.Components.Pages.Live;

// What the cards say of themselves.
public sealed partial class LiveBoard
{
    private string? AsOfText => View.Pushed.At is { } at && !Range.IsFixed ? $"As of {clock.Second(at)}" : null;

    private string? AgeText => View.Pushed.Tone == "late" && !Range.IsFixed ? View.Pushed.Text : View.IsSettling ? "settling" : null;

    private bool IsHour => !Range.IsFixed && Range.Length <= TimeRange.Hour.Length;

    private string SpanText => Range.IsFixed ? "in this range" : IsHour ? "in the last hour" : "in this time";

    private string RequestsTitle => View.Address.By switch
    {
        RequestsBy.Status => "Observations",
        RequestsBy.Tokens => "Tokens",
        _ => "Requests",
    };

    private string RequestsNote => View.Address.By is RequestsBy.Model or RequestsBy.Name && View.Values > StackChart.MaxValues
        ? $"per second · top {StackChart.MaxValues} of {View.Values}"
        : "per second";

    private string QualityNote => View.Score is null ? "no scores yet" : $"{(View.HasSpread ? "p10 · p50 · p90" : "mean")}{(Range.IsLive ? ", last 60 min" : "")}";

    private string ReasonsNote => View.Failures is { } failures && failures.Reasons > FailureRows.Rows ? $"top {FailureRows.Rows} of {failures.Reasons} reasons" : "by name and message";

    private string RunningNote => View.RunningCount == 0 ? "" : $"{Format.Count(View.RunningCount)} in all";

    private string HeatNote => IsHour ? "calls per minute, last 60 min" : "calls per bucket";
}
