using System.Text;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Web.Model;

/// <summary>What the list of traces is narrowed to. The address holds all of it, and leaves out what is usual.</summary>
public sealed record TraceFilter
{
    private const int MostValues = 50;

    /// <summary>Every trace of the last day.</summary>
    public static TraceFilter Empty { get; } = new();

    /// <summary>A part of the name.</summary>
    public string? Name { get; init; }

    /// <summary>The exact user.</summary>
    public string? User { get; init; }

    /// <summary>The exact session.</summary>
    public string? Session { get; init; }

    /// <summary>Highest levels, as on the wire.</summary>
    public IReadOnlyList<string> Levels { get; init; } = [];

    /// <summary>Environments.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>Exact names.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Models called.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>When the traces began.</summary>
    public TimeRange Range { get; init; } = TimeRange.Day;

    /// <summary>Whether anything but the time narrows the list.</summary>
    public bool IsNarrow => (this with { Range = TimeRange.Day }).ToQuery().Length > 0;

    /// <summary>The query of an address, from <c>?</c> on; empty when nothing is narrowed.</summary>
    public string ToQuery()
    {
        var query = new StringBuilder();
        Add("name", Name);
        Add("user", User);
        Add("session", Session);
        AddAll("level", Levels);
        AddAll("environment", Environments);
        AddAll("named", Names);
        AddAll("model", Models);
        if (Range != TimeRange.Day)
            Add("range", Range.Text);
        return query.ToString();

        void AddAll(string key, IReadOnlyList<string> values)
        {
            foreach (var value in values)
                Add(key, value);
        }

        void Add(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                query.Append(query.Length == 0 ? '?' : '&').Append(key).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    /// <summary>The same values whatever order they were chosen in.</summary>
    public static IReadOnlyList<string> Clean(IEnumerable<string>? values) =>
        [.. (values ?? []).Where(v => !string.IsNullOrEmpty(v)).Distinct().Order(StringComparer.Ordinal).Take(MostValues)];

    /// <summary>Adds a value that is missing and takes away one that is there.</summary>
    public static IReadOnlyList<string> Toggle(IReadOnlyList<string> values, string value) =>
        Clean(values.Contains(value) ? values.Where(v => v != value) : values.Append(value));

    /// <summary>The question for the read model. A relative range stays where it was when <paramref name="now"/> was taken.</summary>
    public TraceQuery Query(DateTimeOffset now)
    {
        var (from, to) = Range.At(now);
        return new TraceQuery
        {
            NameContains = Name,
            UserId = User,
            SessionId = Session,
            Levels = [.. Levels.Select(ObservationNames.ParseLevel).OfType<ObservationLevel>()],
            Environments = Environments,
            Names = Names,
            Models = Models,
            From = from,
            To = Range.IsFixed ? to : null,
        };
    }

    /// <summary>Values of lists count, not their instances.</summary>
    public bool Equals(TraceFilter? other) => other is not null && ToQuery() == other.ToQuery();

    /// <inheritdoc/>
    public override int GetHashCode() => ToQuery().GetHashCode(StringComparison.Ordinal);
}
