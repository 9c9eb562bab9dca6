namespace Actors.Web.Model.Shell;

/// <summary>Whether somebody can see what this circuit renders. Components stop listening to data while nobody can.</summary>
public sealed class ViewerPresence
{
    private bool _connected = true;
    private bool _visible = true;

    /// <summary><see cref="Watching"/> changed. Raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>The browser is connected and the tab is in front.</summary>
    public bool Watching => _connected && _visible;

    /// <summary>The circuit has its browser.</summary>
    public bool Connected
    {
        set => Set(ref _connected, value);
    }

    /// <summary>The tab is in front.</summary>
    public bool Visible
    {
        set => Set(ref _visible, value);
    }

    private void Set(ref bool field, bool value)
    {
        var before = Watching;
        field = value;
        if (Watching != before)
            Changed?.Invoke();
    }
}
