using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Actors.Contracts;

namespace Actors.Web.Hubs;

/// <summary>Something live that several readers share, while it has any.</summary>
internal interface ILiveSource
{
    /// <summary>Follows what is live and publishes it, until cancelled.</summary>
    Task RunAsync(CancellationToken cancellationToken);

    /// <summary>First the whole, then what leads from there on; an end, when there will be no more.</summary>
    IAsyncEnumerable<LiveFrame> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Tells many readers of a value that changes. Each is told what leads from the value it was told last to the newest one, when it
/// is ready for more: a slow reader skips steps and never has a queue, and there is no moment at which a change could be
/// missed. Readers who were told the same share the bytes.
/// </summary>
/// <typeparam name="T">An immutable value.</typeparam>
internal abstract class LiveSource<T> : ILiveSource
    where T : class
{
    private readonly Lock _gate = new();
    private Edition? _newest;
    private string? _refusal;
    private TaskCompletionSource _changed = NewSignal();

    public abstract Task RunAsync(CancellationToken cancellationToken);

    public async IAsyncEnumerable<LiveFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        T? told = null;
        while (true)
        {
            Edition? newest;
            string? refusal;
            Task changed;
            lock (_gate)
            {
                (newest, refusal, changed) = (_newest, _refusal, _changed.Task);
            }

            if (refusal is not null)
            {
                yield return LiveFrame.Of(LiveEnd.Full(refusal));
                yield break;
            }

            if (newest is not null && !ReferenceEquals(newest.Value, told))
            {
                yield return newest.FrameFor(told);
                told = newest.Value;
            }
            else
            {
                await changed.WaitAsync(cancellationToken);
            }
        }
    }

    /// <summary>What to say to a reader.</summary>
    /// <param name="told">What it was told last; null: nothing yet.</param>
    /// <param name="now">The newest value.</param>
    protected abstract LiveMessage Tell(T? told, T now);

    protected void Publish(T value)
    {
        var edition = new Edition(this, value);
        if (_newest is { } last)
        {
            // Nearly everybody will ask for this one; nobody should wait for another reader who makes it.
            edition.FrameFor(last.Value);
        }

        Change(() => _newest = edition);
    }

    /// <summary>Ends the streams of all readers.</summary>
    protected void Refuse(string why) => Change(() => _refusal = why);

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            (changed, _changed) = (_changed, NewSignal());
        }

        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Edition(LiveSource<T> source, T value)
    {
        private static readonly object Nothing = new();

        private readonly ConcurrentDictionary<object, Lazy<LiveFrame>> _frames = new(ReferenceEqualityComparer.Instance);

        public T Value => value;

        public LiveFrame FrameFor(T? told) =>
            _frames.GetOrAdd(told ?? Nothing, _ => new Lazy<LiveFrame>(() => LiveFrame.Of(source.Tell(told, value)))).Value;
    }
}
