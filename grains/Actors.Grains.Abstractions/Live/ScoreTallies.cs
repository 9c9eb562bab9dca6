using System.Globalization;

namespace Actors.Live;

/// <summary>
/// What the scores of one series add up to in one bucket, by kind: what is known, or signed differences while they are gathered. All
/// operations are sums, so their order does not matter. Not safe for concurrent use.
/// </summary>
/// <remarks>
/// A kind takes what its scores have distinct values, up to the 4,097 buckets of a <see cref="SignedSketch"/>. How many kinds there
/// are is up to those who score; <see cref="LiveStats.MaxScores"/> of them are told.
/// </remarks>
public sealed class ScoreTallies
{
    private readonly Dictionary<ScoreKind, Tally> _kinds = [];

    /// <summary>Adds or takes away one score.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="value">Its value; 0 for categories.</param>
    /// <param name="index">The bucket of its value; null unless it is numeric.</param>
    /// <param name="sign">1 or -1.</param>
    public void Add(in ScoreKind kind, double value, int? index, int sign)
    {
        var tally = Of(kind);
        tally.Add(sign, sign * value);
        if (index is { } bucket)
        {
            tally.Values.Add(bucket, sign);
        }

        ForgetEmpty(kind, tally);
    }

    /// <summary>Adds what was added up elsewhere.</summary>
    public void Add(IReadOnlyList<ScoreSums> sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        foreach (var sum in sums)
        {
            Add(sum.Kind, sum.Count, sum.Sum, sum.Values);
        }
    }

    /// <inheritdoc cref="Add(IReadOnlyList{ScoreSums})"/>
    public void Add(ScoreTallies other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (kind, tally) in other._kinds)
        {
            Add(kind, tally.Count, tally.Sum, tally.Values.Buckets);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => _kinds.Clear();

    /// <summary>All of it, to be sent.</summary>
    public IReadOnlyList<ScoreSums> ToSums() =>
        [.. _kinds.Select(k => new ScoreSums(k.Key, k.Value.Count, k.Value.Sum, [.. k.Value.Values.Buckets]))];

    /// <summary>What is told of it: the kinds given most.</summary>
    public IReadOnlyList<ScoreStats> ToStats() =>
    [
        .. _kinds.Where(k => k.Value.Count > 0)
            .OrderByDescending(k => k.Value.Count).ThenBy(k => k.Key.Name, StringComparer.Ordinal)
            .ThenBy(k => k.Key.Source).ThenBy(k => k.Key.Category, StringComparer.Ordinal)
            .Take(LiveStats.MaxScores).Select(k => k.Value.ToStats(k.Key)),
    ];

    /// <summary>The first kind in which two tallies differ, with both values; null: they are the same.</summary>
    public string? FindDifference(ScoreTallies other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var kind in _kinds.Keys.Union(other._kinds.Keys))
        {
            var (mine, theirs) = (_kinds.GetValueOrDefault(kind, Tally.Empty), other._kinds.GetValueOrDefault(kind, Tally.Empty));

            // Sums of doubles depend on their order.
            if (mine.Count != theirs.Count || (mine.Count != 0 && Math.Abs(mine.Sum - theirs.Sum) > 1e-9 * (1 + Math.Abs(theirs.Sum))))
            {
                return string.Create(
                    CultureInfo.InvariantCulture, $"score {kind.Name} {kind.Source} {kind.Category}: {mine.Count} of {mine.Sum}, {theirs.Count} of {theirs.Sum}");
            }

            if (!mine.Values.Buckets.SequenceEqual(theirs.Values.Buckets))
            {
                return $"score {kind.Name} {kind.Source}: another distribution";
            }
        }

        return null;
    }

    private void Add(in ScoreKind kind, long count, double sum, IReadOnlyList<SketchCount> values)
    {
        var tally = Of(kind);
        tally.Add(count, sum);
        tally.Values.Add(values);
        ForgetEmpty(kind, tally);
    }

    private Tally Of(in ScoreKind kind)
    {
        if (!_kinds.TryGetValue(kind, out var tally))
        {
            _kinds.Add(kind, tally = new Tally());
        }

        return tally;
    }

    private void ForgetEmpty(in ScoreKind kind, Tally tally)
    {
        if (tally is { Count: 0, Sum: 0, Values.Buckets.Count: 0 })
        {
            _kinds.Remove(kind);
        }
    }

    private sealed class Tally
    {
        public static Tally Empty { get; } = new();

        public long Count { get; private set; }

        public double Sum { get; private set; }

        public SignedSketch Values { get; } = new();

        public void Add(long count, double sum)
        {
            Count += count;
            Sum += sum;
        }

        public ScoreStats ToStats(in ScoreKind kind) =>
            new(kind.Name, Count, Sum, kind.Source, kind.Category, Values.Quantile(0.10), Values.Quantile(0.50), Values.Quantile(0.90));
    }
}
