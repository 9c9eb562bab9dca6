using Actors.Tracing;

namespace Actors.Web.Otlp;

/// <summary>The units of one span by kind, as far as they are found. Of a kind that is said twice the first counts.</summary>
internal sealed class UsageUnits
{
    public const string Input = "input";
    public const string Output = "output";
    public const string CacheRead = "input_cached_tokens";
    public const string CacheWrite = "input_cache_creation";
    public const string CacheWrite5Minutes = "input_cache_creation_5m";
    public const string CacheWrite1Hour = "input_cache_creation_1h";
    public const string InputAudio = "input_audio_tokens";
    public const string OutputAudio = "output_audio_tokens";
    public const string Reasoning = "output_reasoning_tokens";

    private readonly Dictionary<string, long> _units = new(StringComparer.Ordinal);
    private readonly HashSet<string> _besides = new(StringComparer.Ordinal);

    public long? this[string kind] => _units.TryGetValue(kind, out var units) ? units : null;

    public bool Has(string kind) => _units.ContainsKey(kind);

    public void Add(string kind, double? units)
    {
        if (units is >= 0 and < 1e15)
        {
            _units.TryAdd(kind, (long)units.Value);
        }
    }

    /// <summary>Adds units that the input or output does not count already.</summary>
    public void AddBeside(string kind, double? units)
    {
        if (!Has(kind))
        {
            Add(kind, units);
            _besides.Add(kind);
        }
    }

    /// <summary>Divides the units of a kind that is known among finer kinds; the parts must fit.</summary>
    public void Divide(string kind, params ReadOnlySpan<(string Kind, long? Units)> parts)
    {
        var rest = this[kind] ?? 0;
        foreach (var part in parts)
        {
            rest -= part.Units ?? 0;
        }

        if (rest < 0)
        {
            return;
        }

        foreach (var (part, units) in parts)
        {
            Add(part, units);
        }

        _units[kind] = rest;
    }

    /// <summary>
    /// The units, each counted once: what a provider counts among the input or output is taken out of it, so that nothing is
    /// paid twice.
    /// </summary>
    public IEnumerable<UsageEntry> Split()
    {
        foreach (var (kind, units) in _units)
        {
            yield return new UsageEntry(kind, kind is Input or Output ? Math.Max(0, units - PartsOf(kind)) : units);
        }
    }

    private long PartsOf(string whole)
    {
        long sum = 0;
        foreach (var (kind, units) in _units)
        {
            if (kind.Length > whole.Length && kind[whole.Length] == '_' && kind.StartsWith(whole, StringComparison.Ordinal) && !_besides.Contains(kind))
            {
                sum += units;
            }
        }

        return sum;
    }
}
