namespace Actors.Filtering;

/// <summary>How a condition compares. Negations are <see cref="NotFilter"/>s.</summary>
public enum FilterOperator
{
    /// <summary>Is exactly the value; case counts.</summary>
    Equal,

    /// <summary>Is larger, or later.</summary>
    Greater,

    /// <summary>Is not smaller, or not earlier.</summary>
    GreaterOrEqual,

    /// <summary>Is smaller, or earlier.</summary>
    Less,

    /// <summary>Is not larger, or not later.</summary>
    LessOrEqual,

    /// <summary>Has the value in it; case counts.</summary>
    Contains,

    /// <summary>Begins with the value; case counts.</summary>
    StartsWith,

    /// <summary>Ends with the value; case counts.</summary>
    EndsWith,

    /// <summary>
    /// Has the value in it as whole words: no letter or digit continues it on either side. Case counts in metadata only.
    /// </summary>
    Matches,

    /// <summary>Is one of the values, or has one of them among its own.</summary>
    OneOf,

    /// <summary>Is missing, or empty where it is a list.</summary>
    IsNull,
}
