using Actors.Contracts;
using Actors.Live;
using Actors.Web.Model.Live;

namespace Actors.Web.Hubs;

/// <summary>Follows the live edge for one question, at the pace that it asks for.</summary>
internal sealed class NumbersSource(NumbersQuestion question, LiveFeed feed, TimeProvider time) : LiveSource<LiveView>
{
    private readonly NumbersWriter _writer = new(question);
    private readonly LiveSignal _changed = new();

    // The short windows come in any case; who asks for them gets yesterday's, too.
    private LiveWindows Wanted => question.Compare ? question.Windows : question.Windows & ~(LiveWindows.Minute | LiveWindows.FiveMinutes);

    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        using var subscription = feed.Subscribe(question.Scope, _changed.Set, Wanted);
        var pace = new LivePace(time, TimeSpan.FromSeconds(1) / question.Rate);
        LiveView? last = null;
        while (true)
        {
            if (subscription.State is { } state && (last is null || !ReferenceEquals(state, last.State) || subscription.Stale != last.IsStale))
            {
                last = new LiveView(state, subscription.Stale);
                Publish(last);
            }
            else if (subscription is { State: null, Refusal: { } why })
            {
                Refuse(why);
            }

            await _changed.WaitAsync(cancellationToken);
            await pace.WaitAsync(cancellationToken);
            _changed.Reset();
        }
    }

    protected override LiveMessage Tell(LiveView? told, LiveView now) => _writer.Write(told, now);
}

/// <summary>What a node knows of the live edge.</summary>
/// <param name="State">The newest state.</param>
/// <param name="IsStale">Whether it is old, because the grain does not answer.</param>
internal sealed record LiveView(LiveState State, bool IsStale);
