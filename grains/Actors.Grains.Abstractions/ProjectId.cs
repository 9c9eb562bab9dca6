using System.Diagnostics.CodeAnalysis;

namespace Actors;

/// <summary>
/// The id of a project: the tenant boundary. 1 to 100 characters of <c>A-Z a-z 0-9 _ - .</c>, not starting with a dot,
/// so that it is safe in a file name, a grain key and a URL.
/// </summary>
[GenerateSerializer, Immutable, Alias("actors.ProjectId")]
public readonly record struct ProjectId
{
    /// <summary>The longest id, in characters.</summary>
    public const int MaxLength = 100;

    /// <summary>Creates the id.</summary>
    /// <exception cref="ArgumentException"><paramref name="value"/> is not a valid project id.</exception>
    public ProjectId(string value)
    {
        if (!IsValid(value))
        {
            throw new ArgumentException(
                $"A project id has 1 to {MaxLength} characters of A-Z a-z 0-9 _ - . and does not start with a dot.", nameof(value));
        }

        Value = value;
    }

    /// <summary>The text of the id. Never null in an id made by the constructor.</summary>
    [Id(0)]
    public string Value { get; }

    /// <summary>Whether <paramref name="value"/> is a valid project id.</summary>
    public static bool IsValid([NotNullWhen(true)] string? value)
    {
        if (string.IsNullOrEmpty(value) || value.Length > MaxLength || value[0] == '.')
        {
            return false;
        }

        foreach (var c in value)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
