namespace Actors.Web.Model.Shell.Palette;

/// <summary>What kind of thing the palette offers; in the order in which it shows them.</summary>
public enum PaletteGroup
{
    /// <summary>Pages of the project and of the product.</summary>
    Pages,

    /// <summary>What the page that is open can do.</summary>
    Actions,

    /// <summary>Views that somebody saved.</summary>
    Views,

    /// <summary>Other projects.</summary>
    Projects,

    /// <summary>Traces by id, name or words.</summary>
    Traces,

    /// <summary>Sessions by id.</summary>
    Sessions,

    /// <summary>Users of the application by id.</summary>
    Users,

    /// <summary>Prompts by name.</summary>
    Prompts,

    /// <summary>Lists of everything that fits what is written.</summary>
    Everything,
}

/// <summary>One thing that the palette offers. It leads to an address or does something.</summary>
/// <param name="Group">What kind of thing it is.</param>
/// <param name="Title">How it is called, and what it is found by.</param>
/// <param name="Icon">Its picture.</param>
public sealed record PaletteItem(PaletteGroup Group, string Title, string Icon)
{
    /// <summary>More about it.</summary>
    public string? Detail { get; init; }

    /// <summary>Other words that it is found by.</summary>
    public string? Words { get; init; }

    /// <summary>What is written is its id.</summary>
    public bool IsExact { get; init; }

    /// <summary>Where it leads; null: it does something instead.</summary>
    public string? Href { get; init; }

    /// <summary>What it does; null: it leads somewhere.</summary>
    public Func<Task>? Run { get; init; }

    /// <summary>The keys that do the same, for example <c>g t</c>.</summary>
    public string? Keys { get; init; }
}
