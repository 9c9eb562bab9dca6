using Actors.Contracts;

namespace Actors.Samples.Live;

/// <summary>What this program knows: a snapshot replaces everything, a tick replaces what it names.</summary>
public sealed class LiveNumbers
{
    private readonly Dictionary<(string By, string Value, string Window), LiveWindowBody> _windows = [];

    /// <summary>The newest message; null: none came yet.</summary>
    public LiveNumbersMessage? Last { get; private set; }

    /// <summary>All windows, the total first.</summary>
    public IEnumerable<LiveWindowBody> Windows =>
        _windows.Values.OrderBy(w => w.By != "total").ThenBy(w => w.Value, StringComparer.Ordinal).ThenBy(w => w.Window.Length).ThenBy(w => w.Window, StringComparer.Ordinal);

    /// <summary>Takes a message; types that it does not know are left alone.</summary>
    public void Apply(LiveMessage message)
    {
        switch (message)
        {
            case LiveSnapshotMessage whole:
                _windows.Clear();
                Put(whole.Windows);
                Last = whole;
                break;
            case LiveTickMessage tick:
                foreach (var gone in tick.Ended ?? [])
                {
                    _windows.Remove((gone.By, gone.Value, gone.Window));
                }

                Put(tick.Windows ?? []);
                Last = tick;
                break;
        }
    }

    private void Put(IReadOnlyList<LiveWindowBody> windows)
    {
        foreach (var window in windows)
        {
            _windows[(window.By, window.Value, window.Window)] = window;
        }
    }
}
