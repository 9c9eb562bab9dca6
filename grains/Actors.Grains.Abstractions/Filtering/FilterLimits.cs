namespace Actors.Filtering;

/// <summary>How large a filter may be, whichever way it is written.</summary>
public static class FilterLimits
{
    /// <summary>Characters of a written filter.</summary>
    public const int MaxLength = 16_000;

    /// <summary>Levels of parentheses and negations.</summary>
    public const int MaxDepth = 16;

    /// <summary>Conditions in the whole filter.</summary>
    public const int MaxConditions = 100;

    /// <summary>Values of one condition.</summary>
    public const int MaxValues = 200;

    /// <summary>Characters of one value.</summary>
    public const int MaxValueLength = 2_000;

    /// <summary>Characters of one key.</summary>
    public const int MaxKeyLength = 200;

    /// <summary>The largest number, either side of zero; small enough to be counted in milliseconds.</summary>
    public const decimal MaxNumber = 1_000_000_000_000_000m;
}
