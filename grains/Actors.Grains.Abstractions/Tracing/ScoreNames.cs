namespace Actors.Tracing;

/// <summary>How the enumerations of scores are spelled on the wire.</summary>
public static class ScoreNames
{
    private static readonly string[] DataTypes = ["NUMERIC", "CATEGORICAL", "BOOLEAN", "TEXT", "CORRECTION"];
    private static readonly string[] Sources = ["API", "ANNOTATION", "EVAL"];

    /// <summary>The wire name, for example <c>NUMERIC</c>.</summary>
    public static string ToWire(this ScoreDataType type) => DataTypes[(int)type];

    /// <summary>The wire name, for example <c>ANNOTATION</c>.</summary>
    public static string ToWire(this ScoreSource source) => Sources[(int)source];

    /// <summary>Reads a wire name of any case; null when it is none.</summary>
    public static ScoreDataType? ParseDataType(string? name) => IndexOf(DataTypes, name) is >= 0 and var i ? (ScoreDataType)i : null;

    /// <summary>Reads a wire name of any case; null when it is none.</summary>
    public static ScoreSource? ParseSource(string? name) => IndexOf(Sources, name) is >= 0 and var i ? (ScoreSource)i : null;

    private static int IndexOf(string[] names, string? name) =>
        Array.FindIndex(names, n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
}
