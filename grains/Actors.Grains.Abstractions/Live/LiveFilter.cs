namespace Actors.Live;

/// <summary>
/// What a live series counts: all conditions must hold. Conditions on what only observations have (model, prompt, prompt
/// version, tool) leave traces out; a score has the model and the prompt of the observation it is on. Immutable; in one
/// order, so that filters which say the same are equal.
/// </summary>
[GenerateSerializer, Immutable, Alias("actors.LiveFilter")]
public sealed partial record LiveFilter
{
    private LiveFilter(IReadOnlyList<LiveCondition> conditions) => Conditions = conditions;

    /// <summary>By rising dimension, at most one of each.</summary>
    [Id(0)]
    public IReadOnlyList<LiveCondition> Conditions { get; private init; }

    /// <summary>The whole project.</summary>
    public static LiveFilter Everything { get; } = new([]);

    /// <summary>Whether it leaves nothing out.</summary>
    public bool IsEverything => Conditions.Count == 0;

    /// <summary>Whether it asks for what traces do not have, so that they are not counted.</summary>
    public bool LeavesTracesOut => Conditions.Any(c => c.Dimension is LiveDimension.Model or LiveDimension.Tool or LiveDimension.Prompt or LiveDimension.PromptVersion);

    /// <summary>The filter of one value.</summary>
    public static LiveFilter Of(LiveDimension dimension, string value) => All([new LiveCondition(dimension, [value])]);

    /// <summary>All of these; two on the same dimension hold for the values that both name.</summary>
    /// <exception cref="ArgumentException">A condition is on the total.</exception>
    public static LiveFilter All(IEnumerable<LiveCondition> conditions)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        return new LiveFilter(
        [
            .. conditions.GroupBy(c => c.Dimension).OrderBy(g => g.Key).Select(g => g.Key == LiveDimension.Total
                ? throw new ArgumentException("The total is no condition.", nameof(conditions))
                : new LiveCondition(g.Key, g.Select(c => c.Values).Aggregate((all, more) => [.. all.Intersect(more, StringComparer.Ordinal)]))),
        ]);
    }

    /// <inheritdoc/>
    public bool Equals(LiveFilter? other) => other is not null && Conditions.SequenceEqual(other.Conditions);

    /// <inheritdoc/>
    public override int GetHashCode() => Conditions.Aggregate(17, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>The value of a dimension is one of these.</summary>
[GenerateSerializer, Immutable, Alias("actors.LiveCondition")]
public sealed record LiveCondition
{
    /// <summary>Asks for one of some values.</summary>
    public LiveCondition(LiveDimension dimension, IEnumerable<string> values)
    {
        Dimension = dimension;
        Values = [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>What is compared.</summary>
    [Id(0)]
    public LiveDimension Dimension { get; private init; }

    /// <summary>Any of these, sorted; none: nothing is counted.</summary>
    [Id(1)]
    public IReadOnlyList<string> Values { get; private init; }

    /// <inheritdoc/>
    public bool Equals(LiveCondition? other) => other is not null && Dimension == other.Dimension && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => Values.Aggregate((int)Dimension, HashCode.Combine);
}
