using System.Text;
using Actors.Live;

namespace Actors.Web.Model.Live;

/// <summary>What the chart of requests tells apart.</summary>
public enum RequestsBy
{
    /// <summary>The models that are called.</summary>
    Model,

    /// <summary>The names of the traces that call.</summary>
    Name,

    /// <summary>What failed and what did not.</summary>
    Status,

    /// <summary>Input and output tokens, instead of calls.</summary>
    Tokens,
}

/// <summary>What the address of a live page says; what is usual is left out.</summary>
/// <param name="Range">What the charts span.</param>
/// <param name="Text">The filter as it is written.</param>
/// <param name="By">What the chart of requests tells apart.</param>
/// <param name="Score">The score that stands for quality; null: the one that is given most.</param>
public sealed record LiveAddress(TimeRange Range, string Text, RequestsBy By, string? Score)
{
    // Longer names are no names of scores.
    private const int MaxScore = 200;

    /// <summary>The environments that are looked at.</summary>
    public EnvironmentChoice Environments { get; init; } = EnvironmentChoice.All;

    /// <summary>The switch in the order in which it is shown.</summary>
    public static IReadOnlyList<(RequestsBy By, string Key, string Label)> Switch { get; } =
    [
        (RequestsBy.Model, "model", "Model"), (RequestsBy.Name, "name", "Name"), (RequestsBy.Status, "status", "Status"), (RequestsBy.Tokens, "tokens", "Tokens"),
    ];

    /// <summary>Reads an address; what it does not know is the usual.</summary>
    public static LiveAddress Parse(string? range, string? filter, string? by, string? score) => new(
        TimeRange.Parse(range, TimeRange.Minute),
        filter?.Trim() ?? "",
        Switch.FirstOrDefault(s => s.Key == by).By,
        score is { Length: > 0 and <= MaxScore } ? score : null);

    /// <summary>The query, from <c>?</c> on.</summary>
    public string ToQuery()
    {
        var query = new StringBuilder("?");
        Add("range", Range == TimeRange.Minute ? "" : Range.Text);
        Add("f", Text);
        Add("by", By == RequestsBy.Model ? "" : Switch.First(s => s.By == By).Key);
        Add("score", Score ?? "");
        return Environments.On(query.ToString());

        void Add(string key, string value)
        {
            if (value.Length > 0)
                query.Append(query.Length == 1 ? "" : "&").Append(key).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    /// <summary>The chart of requests.</summary>
    public CourseChart RequestsChart() => By switch
    {
        RequestsBy.Name => StackChart.Requests(LiveDimension.TraceName),
        RequestsBy.Status => PartsChart.Status(),
        RequestsBy.Tokens => PartsChart.Tokens(),
        _ => StackChart.Requests(LiveDimension.Model),
    };
}
