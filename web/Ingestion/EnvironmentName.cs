namespace Actors.Web.Ingestion;

/// <summary>The spelling of environments (langfuse-api §1.2).</summary>
public static class EnvironmentName
{
    /// <summary>The environment of whoever names none, or none that is allowed.</summary>
    public const string Default = "default";

    private const int MaxLength = 40;
    private const string Reserved = "langfuse";

    /// <summary>
    /// Lower case, without the reserved prefix, at most 40 characters of <c>a-z 0-9 - _</c>; what does not fit becomes
    /// <see cref="Default"/>.
    /// </summary>
    public static string Normalize(string? said)
    {
        if (said is null || IsNormal(said))
        {
            return said ?? Default;
        }

        var name = said.ToLowerInvariant().AsSpan();
        while (name.StartsWith(Reserved, StringComparison.Ordinal) && name.Length > Reserved.Length && name[Reserved.Length] is '-' or '_')
        {
            name = name[(Reserved.Length + 1)..];
        }

        if (name.Length > MaxLength)
        {
            name = name[..MaxLength];
        }

        return IsNormal(name) ? name.ToString() : Default;
    }

    private static bool IsNormal(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name.Length > MaxLength || name.StartsWith(Reserved, StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('-' or '_'))
            {
                return false;
            }
        }

        return true;
    }
}
