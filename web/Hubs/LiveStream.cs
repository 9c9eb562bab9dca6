using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Actors.Web.Hubs;

/// <summary>Opens the streams of subscribers, whatever door they came through.</summary>
internal sealed class LiveStreams(LiveSources sources, LiveAuthenticator authenticator, IOptions<LiveHubOptions> options, TimeProvider time)
{
    private static readonly LiveFrame Expired = LiveFrame.Of(LiveEnd.Expired("The token has expired; mint a new one and subscribe again."));

    /// <summary>Opens a stream; dispose it when it ends. Null when a limit is in the way, and which.</summary>
    public LiveStream? TryOpen(LiveConnection connection, LiveQuestion question, out string? problem)
    {
        problem = connection.TrySubscribe();
        if (problem is not null)
        {
            return null;
        }

        if (sources.TryEnter(question, out problem) is { } source)
        {
            return new LiveStream(source, () =>
            {
                sources.Leave(question);
                connection.Unsubscribe();
            });
        }

        connection.Unsubscribe();
        return null;
    }

    /// <summary>The messages of a stream, until the reader leaves; when the access ends before, the last one says so.</summary>
    public async IAsyncEnumerable<LiveFrame> ReadAsync(
        LiveStream stream, LiveAccess access, HttpContext http, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The connection may have outlived the token that opened it.
        if (access.ExpiresAt <= time.GetUtcNow())
        {
            yield return Expired;
            yield break;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var timer = access.ExpiresAt is { } end
            ? time.CreateTimer(static s => ((CancellationTokenSource)s!).Cancel(), ending, Left(end), Timeout.InfiniteTimeSpan)
            : null;
        await using var frames = stream.Source.ReadAsync(ending.Token).GetAsyncEnumerator(CancellationToken.None);
        var checkedAt = time.GetTimestamp();
        while (await NextAsync(frames, cancellationToken) is { } frame)
        {
            if (frame.End is null && time.GetElapsedTime(checkedAt) >= options.Value.AccessCheckInterval)
            {
                checkedAt = time.GetTimestamp();
                if (!await authenticator.IsStillWelcomeAsync(http, access))
                {
                    frame = LiveFrame.Of(LiveEnd.Expired("The key no longer opens this project."));
                }
            }

            yield return frame;
            if (frame.End is not null)
            {
                yield break;
            }
        }
    }

    private TimeSpan Left(DateTimeOffset end) => end - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private static async ValueTask<LiveFrame?> NextAsync(IAsyncEnumerator<LiveFrame> frames, CancellationToken cancellationToken)
    {
        try
        {
            return await frames.MoveNextAsync() ? frames.Current : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Expired;
        }
    }
}

/// <summary>One subscription that has found its place.</summary>
internal sealed class LiveStream(ILiveSource source, Action leave) : IDisposable
{
    private Action? _leave = leave;

    public ILiveSource Source => source;

    public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
}
