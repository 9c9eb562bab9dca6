using Actors.Contracts;
using Actors.Live;
using Actors.Queries;
using Microsoft.Extensions.Logging;

namespace Actors.Web.Hubs;

/// <summary>Asks the read model which values stand out, every two seconds while somebody watches, once for all on this node.</summary>
internal sealed partial class TopSource(TopQuestion question, IGrainFactory grains, TimeProvider time, ILogger logger) : LiveSource<TopView>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<IAnalyticsGrain>(question.Project.Value);
        var isLost = false;
        while (true)
        {
            try
            {
                var at = time.GetUtcNow();
                Publish(new TopView(at, await grain.GetLiveTopAsync(Query(at)).WaitAsync(cancellationToken)));
                isLost = false;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                if (!isLost)
                {
                    LogLost(logger, e, question.Project);
                }

                isLost = true;
            }

            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    protected override LiveMessage Tell(TopView? told, TopView now) => new LiveTopMessage
    {
        Version = now.Top.Watermark,
        At = now.At,
        Top = [.. now.Top.Top.Select(LiveWire.ToWire)],
        Values = now.Top.Values,
        Other = now.Top.Other.ToWire(),
    };

    private LiveTopQuery Query(DateTimeOffset at) => new()
    {
        Dimension = question.By,
        Range = question.Window == LiveWindows.AllTime
            ? LiveRange.AllTime
            : new LiveRange((at - question.Window.Length()).ToUnixTimeSeconds() + 1, at.ToUnixTimeSeconds() + 1),
        OrderBy = question.Order,
        Filter = question.Filter,
        Limit = question.Limit,
    };

    [LoggerMessage(4111, LogLevel.Warning, "The read model of project {Project} does not say what stands out; watchers see the last answer.")]
    private static partial void LogLost(ILogger logger, Exception exception, ProjectId project);
}

/// <summary>What stood out at one time.</summary>
internal sealed record TopView(DateTimeOffset At, LiveTop Top);
