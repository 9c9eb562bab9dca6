using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Actors.Web.Hubs;

/// <summary>Opens the streams of subscribers, whatever door they came through.</summary>
internal sealed class LiveStreams(LiveSources sources, LiveAuthenticator authenticator, IOptions<LiveHubOptions> options, TimeProvider time)
{
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

    /// <summary>The messages of a stream, until the reader leaves or the access ends.</summary>
    /// <exception cref="LiveEndedException">The access has ended.</exception>
    public async IAsyncEnumerable<LiveFrame> ReadAsync(
        LiveStream stream, LiveAccess access, HttpContext http, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var timer = access.ExpiresAt is { } end
            ? time.CreateTimer(static s => ((CancellationTokenSource)s!).Cancel(), ending, Left(end), Timeout.InfiniteTimeSpan)
            : null;
        await using var frames = stream.Source.ReadAsync(ending.Token).GetAsyncEnumerator(CancellationToken.None);
        var checkedAt = time.GetTimestamp();
        while (await MoveAsync(frames, cancellationToken))
        {
            if (time.GetElapsedTime(checkedAt) >= options.Value.AccessCheckInterval)
            {
                checkedAt = time.GetTimestamp();
                if (!await authenticator.IsStillWelcomeAsync(http, access))
                {
                    throw new LiveEndedException("The key or the token no longer opens this project.");
                }
            }

            yield return frames.Current;
        }
    }

    private TimeSpan Left(DateTimeOffset end) => end - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<LiveFrame> frames, CancellationToken cancellationToken)
    {
        try
        {
            return await frames.MoveNextAsync();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LiveEndedException("The token has expired; mint a new one and subscribe again.");
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

/// <summary>Tells a hub client why its stream was refused or has ended.</summary>
internal sealed class LiveEndedException(string message) : HubException(message);
