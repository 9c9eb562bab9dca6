using System.Runtime.CompilerServices;
using Actors.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace Actors.Web.Hubs;

/// <summary>
/// The live side over SignalR. Every method is a stream from the server to the client: first the whole, then what changes. It ends
/// when the client cancels it, and with the connection. A refusal is a message, not an error: a client's mistake is none of ours,
/// and would be logged as one.
/// </summary>
internal sealed class LiveHub(LiveLimits limits, LiveStreams streams) : Hub
{
    private static readonly object ConnectionKey = new();

    private LiveAccess Access => LiveIdentity.Of(Context.User);

    /// <summary>Numbers and feeds of a part of the project.</summary>
    public IAsyncEnumerable<LiveFrame> Watch(LiveSubscribe? subscribe, CancellationToken cancellationToken)
    {
        var reader = new LiveQuestionReader(Access);
        return ReadAsync(reader, reader.Numbers(subscribe ?? new LiveSubscribe()), cancellationToken);
    }

    /// <summary>One trace as it grows.</summary>
    public IAsyncEnumerable<LiveFrame> WatchTrace(string? traceId, CancellationToken cancellationToken)
    {
        var reader = new LiveQuestionReader(Access);
        return ReadAsync(reader, reader.Trace(traceId), cancellationToken);
    }

    /// <summary>The users, sessions, … that stand out.</summary>
    public IAsyncEnumerable<LiveFrame> WatchTop(LiveTopSubscribe? subscribe, CancellationToken cancellationToken)
    {
        var reader = new LiveQuestionReader(Access);
        return ReadAsync(reader, reader.Top(subscribe ?? new LiveTopSubscribe()), cancellationToken);
    }

    public override Task OnConnectedAsync()
    {
        Context.Items[ConnectionKey] = limits.TryConnect(Access.Project, out var problem) ?? throw new HubException(problem);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        (Context.Items[ConnectionKey] as LiveConnection)?.Dispose();
        return Task.CompletedTask;
    }

    // A place is taken when reading begins and not before: then leaving is certain to be seen.
    private async IAsyncEnumerable<LiveFrame> ReadAsync(
        LiveQuestionReader reader, LiveQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (reader.Problems is [var (field, message), ..])
        {
            yield return LiveFrame.Of(LiveEnd.Invalid($"{field}: {message}."));
            yield break;
        }

        var connection = (LiveConnection)Context.Items[ConnectionKey]!;
        using var stream = streams.TryOpen(connection, question, out var problem);
        if (stream is null)
        {
            yield return LiveFrame.Of(LiveEnd.Full(problem!));
            yield break;
        }

        var http = Context.GetHttpContext() ?? throw new InvalidOperationException("The hub is reached over HTTP only.");
        await foreach (var frame in streams.ReadAsync(stream, Access, http, cancellationToken))
        {
            yield return frame;
        }
    }
}
