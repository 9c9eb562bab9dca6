namespace Actors.Web.Model.Shell;

/// <summary>The keys that do something on the page being shown. One per circuit; the layout feeds it from the browser.</summary>
public sealed class Shortcuts
{
    private readonly List<Shortcut> _active = [];

    /// <summary>The set of keys changed.</summary>
    public event Action? Changed;

    /// <summary>What can be pressed now, oldest registration first.</summary>
    public IReadOnlyList<Shortcut> Active => _active;

    /// <summary>Registers keys until the result is disposed. A later registration of a chord wins while it lives.</summary>
    public IDisposable Register(params ReadOnlySpan<Shortcut> shortcuts)
    {
        var mine = shortcuts.ToArray();
        _active.AddRange(mine);
        Changed?.Invoke();
        return new Registration(this, mine);
    }

    /// <summary>Runs what the chord stands for; unknown chords do nothing.</summary>
    public Task RunAsync(string chord) => _active.FindLast(s => s.Chord == chord)?.Run() ?? Task.CompletedTask;

    private sealed class Registration(Shortcuts owner, Shortcut[] mine) : IDisposable
    {
        public void Dispose()
        {
            if (owner._active.RemoveAll(s => Array.IndexOf(mine, s) >= 0) > 0)
                owner.Changed?.Invoke();
        }
    }
}

/// <summary>One key or a sequence of two, such as <c>Space</c> or <c>g t</c>.</summary>
/// <param name="Chord">Key names as the browser gives them, <c>Space</c> for the blank.</param>
/// <param name="Text">What it does, for the shortcut sheet; null keeps an alias out of the sheet.</param>
/// <param name="Run">Runs on the circuit.</param>
public sealed record Shortcut(string Chord, string? Text, Func<Task> Run);
