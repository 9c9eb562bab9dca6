namespace Actors.Filtering;

/// <summary>What a column is compared with.</summary>
[GenerateSerializer, Immutable, Alias("actors.FilterValue")]
public abstract record FilterValue;

/// <summary>Nothing: the operator needs no value.</summary>
[GenerateSerializer, Immutable, Alias("actors.FilterNoValue")]
public sealed record NoValue : FilterValue
{
    /// <summary>The only one.</summary>
    public static NoValue Instance { get; } = new();
}

/// <summary>A text.</summary>
[GenerateSerializer, Immutable, Alias("actors.FilterTextValue")]
public sealed record TextValue([property: Id(0)] string Text) : FilterValue;

/// <summary>Several texts.</summary>
[GenerateSerializer, Immutable, Alias("actors.FilterTextsValue")]
public sealed record TextsValue([property: Id(0)] IReadOnlyList<string> Texts) : FilterValue
{
    /// <inheritdoc/>
    public bool Equals(TextsValue? other) => other is not null && Texts.SequenceEqual(other.Texts);

    /// <inheritdoc/>
    public override int GetHashCode() => Texts.Aggregate(3, HashCode.Combine);
}

/// <summary>A number in the unit of the column: seconds, US dollars, pieces.</summary>
[GenerateSerializer, Immutable, Alias("actors.FilterNumberValue")]
public sealed record NumberValue([property: Id(0)] decimal Number) : FilterValue;

/// <summary>A moment, in whole milliseconds.</summary>
[GenerateSerializer, Immutable, Alias("actors.FilterTimeValue")]
public sealed record TimeValue([property: Id(0)] DateTimeOffset Time) : FilterValue;

/// <summary>Yes or no.</summary>
[GenerateSerializer, Immutable, Alias("actors.FilterFlagValue")]
public sealed record FlagValue([property: Id(0)] bool Flag) : FilterValue;
