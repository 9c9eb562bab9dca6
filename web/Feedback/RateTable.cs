namespace Actors.Web.Feedback;

/// <summary>
/// Token buckets by key, in a fixed amount of memory. A bucket holds what may come in a minute, and fills up within a minute. Of
/// each only the moment when it is full again is kept (the generic cell rate algorithm, ITU-T I.371 annex A), so a full bucket and
/// one that is not remembered are the same. Safe for concurrent use.
/// </summary>
/// <remarks>
/// A key has a place in one of many small sets. When all places of a set are taken by buckets that are not full, the fullest of
/// them is forgotten. To have a bucket forgotten that was emptied, one has to empty all its neighbours further, and which keys are
/// neighbours depends on a secret of the process; and a key that nobody has seen is never refused for want of a place.
/// </remarks>
/// <param name="capacity">The most buckets; a multiple of <see cref="Ways"/>.</param>
/// <param name="time">The clock; only its timestamps count, so that a changed date frees nobody.</param>
internal sealed class RateTable<TKey>(int capacity, TimeProvider time)
    where TKey : notnull
{
    /// <summary>How many places a set has.</summary>
    public const int Ways = 8;

    private const int MaxGates = 64;

    private readonly long _start = time.GetTimestamp();
    private readonly Place[] _places = new Place[capacity];
    private readonly Lock[] _gates = [.. Enumerable.Range(0, Math.Min(MaxGates, capacity / Ways)).Select(_ => new Lock())];

    /// <summary>Takes tokens, or none.</summary>
    /// <param name="key">Whose bucket.</param>
    /// <param name="count">How many, at most <paramref name="perMinute"/>.</param>
    /// <param name="perMinute">How many the bucket holds when it is full.</param>
    /// <returns>Zero when they were taken, else after what time there may be enough.</returns>
    public TimeSpan Take(TKey key, int count, int perMinute)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, perMinute);
        var perToken = TicksPerToken(perMinute);
        lock (GateOf(key, out var set))
        {
            var now = time.GetElapsedTime(_start).Ticks;
            ref var place = ref FindOrMake(set, key, now);
            var fullAt = Math.Max(place.FullAt, now) + (count * perToken);
            var wait = fullAt - now - (perMinute * perToken);
            if (wait > 0)
            {
                return TimeSpan.FromTicks(wait);
            }

            place.FullAt = fullAt;
            return TimeSpan.Zero;
        }
    }

    /// <summary>Puts back what was taken.</summary>
    public void PutBack(TKey key, int count, int perMinute)
    {
        lock (GateOf(key, out var set))
        {
            foreach (ref var place in set)
            {
                if (IsOf(place, key))
                {
                    place.FullAt -= count * TicksPerToken(perMinute);
                }
            }
        }
    }

    // Rounded up, so that rounding never lets more through.
    private static long TicksPerToken(int perMinute) => (TimeSpan.TicksPerMinute + perMinute - 1) / perMinute;

    private Lock GateOf(TKey key, out Span<Place> set)
    {
        var number = (int)((uint)key.GetHashCode() % (uint)(_places.Length / Ways));
        set = _places.AsSpan(number * Ways, Ways);
        return _gates[number % _gates.Length];
    }

    private static ref Place FindOrMake(Span<Place> set, TKey key, long now)
    {
        var fullest = 0;
        for (var i = 0; i < set.Length; i++)
        {
            if (IsOf(set[i], key))
            {
                return ref set[i];
            }

            fullest = set[i].FullAt < set[fullest].FullAt ? i : fullest;
        }

        set[fullest] = new Place { Key = key, FullAt = now };
        return ref set[fullest];
    }

    private static bool IsOf(in Place place, TKey key) => EqualityComparer<TKey>.Default.Equals(place.Key, key);

    private struct Place
    {
        public TKey? Key;

        /// <summary>In ticks since the start.</summary>
        public long FullAt;
    }
}
