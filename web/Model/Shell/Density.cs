namespace Actors.Web.Model.Shell;

/// <summary>How much room the rows of lists take. The style sheets have the same heights as <c>--row</c>.</summary>
/// <param name="Name">As it is kept in the viewer's cookie.</param>
/// <param name="RowHeight">The height of one row in pixels.</param>
public sealed record Density(string Name, int RowHeight)
{
    /// <summary>Room to read.</summary>
    public static Density Comfortable { get; } = new("comfortable", 34);

    /// <summary>More rows on the screen.</summary>
    public static Density Compact { get; } = new("compact", 27);

    /// <summary>The one of this name; unknown ones are comfortable.</summary>
    public static Density Named(string? name) => name == Compact.Name ? Compact : Comfortable;
}

/// <summary>The density of the person looking. One per circuit; the browser says when it is switched.</summary>
public sealed class ViewerDensity
{
    /// <summary>It was switched.</summary>
    public event Action? Changed;

    /// <summary>What holds now.</summary>
    public Density Current { get; private set; } = Density.Comfortable;

    /// <summary>Takes the name from the browser.</summary>
    public void Use(string? name)
    {
        var wanted = Density.Named(name);
        if (wanted == Current)
            return;
        Current = wanted;
        Changed?.Invoke();
    }
}
