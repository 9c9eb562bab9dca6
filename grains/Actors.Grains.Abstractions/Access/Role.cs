namespace Actors.Access;

/// <summary>What a person may do in an organization or a project, the least first (langfuse-semantics §18).</summary>
public enum Role
{
    /// <summary>In an organization nothing; in a project the role of the organization.</summary>
    None,

    /// <summary>Reads.</summary>
    Viewer,

    /// <summary>Works with the data.</summary>
    Member,

    /// <summary>Manages people, keys and settings.</summary>
    Admin,

    /// <summary>May delete it all.</summary>
    Owner,
}

/// <summary>How roles are written on the wire.</summary>
public static class RoleNames
{
    /// <summary>The wire form, for example <c>OWNER</c>.</summary>
    public static string ToWire(this Role role) => role.ToString().ToUpperInvariant();

    /// <summary>The role of a wire form; null when it is none.</summary>
    public static Role? Parse(string text) => text switch
    {
        "OWNER" => Role.Owner,
        "ADMIN" => Role.Admin,
        "MEMBER" => Role.Member,
        "VIEWER" => Role.Viewer,
        "NONE" => Role.None,
        _ => null,
    };
}
