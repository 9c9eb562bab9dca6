using Actors.Contracts;
using Actors.Tracing;
using Actors.Web.Model.Live;
using Microsoft.Extensions.Logging;

namespace Actors.Web.Hubs;

/// <summary>Follows one trace: reads it again when it has grown, twice a second at most, once for all who watch it on this node.</summary>
internal sealed partial class TraceSource(TraceQuestion question, IGrainFactory grains, TimeProvider time, ILogger logger) : LiveSource<TraceView>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(3);

    private readonly LiveSignal _changed = new();
    private TraceView? _last;

    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<ITraceGrain>(GrainKey.ForStream(question.Project, StreamId.ForTrace(question.TraceId)));
        await using var watch = new TraceWatch(grains, grain, time, _changed.Set);
        var pace = new LivePace(time, Interval);
        while (true)
        {
            try
            {
                await StepAsync(watch, grain);
            }
            catch (Exception e)
            {
                // The grain is moving or its silo is gone; the next beat asks again.
                LogLost(logger, e, question.Project, question.TraceId);
            }

            await _changed.WaitAsync(Beat, time, cancellationToken);
            await pace.WaitAsync(cancellationToken);
            _changed.Reset();
        }
    }

    protected override LiveMessage Tell(TraceView? told, TraceView now) => new LiveTraceMessage
    {
        Version = now.Version,
        TraceId = question.TraceId,
        Trace = now.Trace?.ToWire(now.Version),
    };

    private async Task StepAsync(TraceWatch watch, ITraceGrain grain)
    {
        await watch.RenewAsync();
        var newest = watch.Newest;
        if (_last is not null && newest <= _last.Version)
        {
            return;
        }

        // The document may be newer than what was heard of, and a deleted trace has none.
        var document = await grain.ReadAsync();
        _last = new TraceView(Math.Max(newest, document?.Version ?? 0), document?.Trace);
        Publish(_last);
    }

    [LoggerMessage(4110, LogLevel.Debug, "Trace {TraceId} of project {Project} does not answer its watchers.")]
    private static partial void LogLost(ILogger logger, Exception exception, ProjectId project, string traceId);
}

/// <summary>One trace at one version; null: there is none.</summary>
internal sealed record TraceView(long Version, TraceRecord? Trace);
