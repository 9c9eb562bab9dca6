namespace Actors.Datasets;

/// <summary>A change of one field: <c>default</c> keeps what is there, a value replaces it, null clears it.</summary>
/// <param name="IsSaid">Whether the field changes at all.</param>
/// <param name="Value">The new value; null: none.</param>
public readonly record struct FieldChange(bool IsSaid, string? Value)
{
    /// <summary>Replaces the value, or clears it.</summary>
    public static FieldChange To(string? value) => new(true, value);

    /// <summary>The value after the change.</summary>
    public string? Over(string? old) => IsSaid ? Value : old;
}
