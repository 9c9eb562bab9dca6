using Actors.Filtering;
using Actors.Live;
using Actors.Web.Model;
using Actors.Web.Model.Live;
using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Pages.Live;

/// <summary>
/// The live edge of a project. Short ranges are pushed second by second; longer ones come from history and are read again.
/// Pausing holds what is shown and counts what is held back.
/// </summary>
public sealed partial class LivePage(LiveFeed live)
{
    private static readonly (TimeRange Range, string Text)[] Ranges =
        [(TimeRange.Minute, "60 s"), (TimeRange.FiveMinutes, "5 min"), (TimeRange.Hour, "1 h"), (TimeRange.Day, "24 h")];

    // Numbers that are older than this when they are told are not of this moment any more.
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(5);

    private LiveAddress _address = LiveAddress.Parse(null, null, null, null);
    private LiveBoard? _board;
    private LiveFilter _filter = LiveFilter.Everything;
    private FilterProblem? _problem;
    private string _written = "";
    private LiveSubscription? _subscription;
    private DateTimeOffset _now;
    private DateTimeOffset? _staleSince;
    private DateTimeOffset _pausedSince;
    private TimeSpan? _lag;
    private long? _pausedAt;
    private long _held;
    private int _dirty;
    private bool _stale;
    private bool _empty;

    /// <summary>The range in the address; absent: the last minute.</summary>
    [SupplyParameterFromQuery(Name = "range")]
    public string? RangeText { get; set; }

    /// <summary>What is counted, in the readable language; absent: the whole project.</summary>
    [SupplyParameterFromQuery]
    public string? F { get; set; }

    /// <summary>What the chart of requests tells apart; absent: models.</summary>
    [SupplyParameterFromQuery]
    public string? By { get; set; }

    /// <summary>The score that stands for quality; absent: the one that is given most.</summary>
    [SupplyParameterFromQuery]
    public string? Score { get; set; }

    /// <inheritdoc/>
    protected override Shortcut[] Keys => [new("Space", "Pause and resume", TogglePauseAsync), new(".", "Step: show what is new and hold again", StepAsync)];

    private TimeRange Range => _address.Range;

    private bool Paused => _pausedAt is not null;

    private string StateName => Range.IsFixed ? "fixed" : Paused ? "paused" : _stale ? "stale"
        : _subscription?.State is null ? "connecting" : _lag > Behind ? "catching-up" : "live";

    private string StateTone => StateName switch { "paused" or "catching-up" => "warn", "stale" => "err", "live" => "ok", _ => "" };

    private string StateText => StateName switch
    {
        "fixed" => "Fixed range",
        "paused" => $"Paused · {Format.Count(_held)} new",
        "stale" => $"Stale since {Clock.Time(_staleSince!.Value)}",
        "catching-up" => "Catching up",
        "live" => "Live",
        _ => "Connecting",
    };

    private string? StateTitle => StateName == "paused" ? $"Traces that have begun since {Clock.Time(_pausedSince)}" : null;

    private string? Lag => StateName is "live" or "catching-up" && _lag is { } lag ? Format.Duration(lag > TimeSpan.Zero ? lag : TimeSpan.Zero) : null;

    /// <inheritdoc/>
    protected override Task LoadAsync()
    {
        var (before, filter) = (_address, _filter);
        _address = LiveAddress.Parse(RangeText, F, By, Score) with { Environments = Environments };
        _now = Time.GetUtcNow();
        _problem = LiveFilter.TryParse(F, out _filter);
        _written = F ?? "";
        _links = new LiveLinks(Info!.Id, _filter, Environments);
        _filter = Environments.And(_filter);
        if (before.Range != Range || filter != _filter)
        {
            Restart();
            if (_subscription is not null)
                Subscribe();
        }
        else if (before != _address)
        {
            Choose(before);
        }
        Show();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask LeaveAsync()
    {
        _subscription?.Dispose();
        _subscription = null;
        return ValueTask.CompletedTask;
    }

    private string Address(TimeRange range) => (_address with { Range = range }).ToQuery();

    private void ApplyFilter() => Navigation.NavigateTo(ProjectPath.Live(Info!.Id) + (_address with { Text = _written.Trim() }).ToQuery());

    private void Subscribe()
    {
        var before = _subscription;
        var wanted = Range.IsFixed ? LiveWindows.None : Course.WindowOf(Range.Length);
        _subscription = live.Subscribe(LiveScope.Of(Info!.Id, _filter), () => Interlocked.Exchange(ref _dirty, 1), wanted);
        before?.Dispose();
    }

    private void Watch(LiveState? state)
    {
        _stale = _subscription!.Stale;
        _staleSince = _stale ? _staleSince ?? state?.At ?? Time.GetUtcNow() : null;
    }

    private void HoldBack(LiveState? state)
    {
        // After a restart of the grain its count begins anew, and so does ours.
        var held = state is null ? _held : Math.Max(0, state.TracesSeen - _pausedAt!.Value);
        if (held != _held)
        {
            _held = held;
            StateHasChanged();
        }
    }

    private void Hold()
    {
        _pausedAt = _subscription?.State?.TracesSeen ?? 0;
        _pausedSince = Time.GetUtcNow();
        _held = 0;
        Show();
    }

    private Task TogglePauseAsync()
    {
        if (Range.IsFixed)
            return Task.CompletedTask;
        if (Paused)
            _pausedAt = null;
        else
            Hold();
        StateHasChanged();
        return Task.CompletedTask;
    }

    // What came meanwhile is shown once, as if the page had been resumed and paused again.
    private async Task StepAsync()
    {
        if (!Paused || Range.IsFixed)
            return;
        _pausedAt = null;
        await FollowAsync(_subscription?.State, changed: true);
        Hold();
        StateHasChanged();
    }
}
