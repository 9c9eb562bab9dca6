using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>
/// Sums of ten seconds each, made when they are needed and forgotten when one of the seconds changes: windows that slide every
/// second add up mostly the same seconds again. The last ten are added up singly, because they change all the time.
/// </summary>
internal sealed class SecondBlocks(IReadOnlyDictionary<long, BoardBucket> seconds)
{
    private const int Length = 10;

    private readonly Dictionary<long, Dictionary<LiveSeriesKey, SeriesTally>> _blocks = [];

    public void Forget(long second) => _blocks.Remove(LiveWindowOptions.Floor(second, Length));

    public void ForgetBefore(long second)
    {
        foreach (var start in _blocks.Keys.Where(b => b + Length <= second).ToList())
        {
            _blocks.Remove(start);
        }
    }

    public void Clear() => _blocks.Clear();

    /// <summary>Adds the seconds from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive) of one series.</summary>
    public void AddTo(WindowSum sum, LiveSeriesKey key, long from, long to)
    {
        for (var at = from; at < to;)
        {
            if (at % Length == 0 && at + (2 * Length) <= to)
            {
                if (Block(at).TryGetValue(key, out var tally))
                {
                    sum.Add(tally);
                }

                at += Length;
            }
            else
            {
                if (seconds.TryGetValue(at, out var second) && second.TryGet(key, out var tally))
                {
                    sum.Add(tally);
                }

                at++;
            }
        }
    }

    private Dictionary<LiveSeriesKey, SeriesTally> Block(long start)
    {
        if (_blocks.TryGetValue(start, out var block))
        {
            return block;
        }

        block = [];
        for (var at = start; at < start + Length; at++)
        {
            if (!seconds.TryGetValue(at, out var second))
            {
                continue;
            }

            foreach (var key in second.Keys)
            {
                if (!block.TryGetValue(key, out var tally))
                {
                    block.Add(key, tally = new SeriesTally());
                }

                tally.Add(second.Find(key));
            }
        }

        _blocks.Add(start, block);
        return block;
    }
}
