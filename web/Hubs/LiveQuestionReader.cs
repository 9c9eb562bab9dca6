using Actors.Contracts;
using Actors.Live;
using Actors.Tracing;
using Actors.Web.Model.Live;

namespace Actors.Web.Hubs;

/// <summary>
/// Makes questions of what subscribers ask for, within what they may see, and collects everything that is wrong. A narrowed
/// access narrows the question, so that no filter leads out of it.
/// </summary>
internal sealed class LiveQuestionReader(LiveAccess access)
{
    public const int MaxFilterLength = 1_000;
    public const int MaxFeed = LiveState.FeedLength;
    public const int MaxRate = 10;
    public const int MaxTop = 100;
    public const int DefaultRate = 2;
    public const int DefaultTop = 10;

    private readonly List<(string Field, string Message)> _problems = [];

    /// <summary>What is wrong: the field and why. Empty: nothing.</summary>
    public IReadOnlyList<(string Field, string Message)> Problems => _problems;

    public NumbersQuestion Numbers(LiveSubscribe asked)
    {
        RefuseTraceToken();
        var feed = Within("feed", asked.Feed ?? 0, 0, MaxFeed);
        var scores = asked.Scores ?? false;
        if (feed > 0 || scores)
        {
            RefuseWithoutDetail(scores ? "scores" : "feed");
        }

        return new NumbersQuestion(access.Project, Part(asked))
        {
            Windows = (asked.Windows ?? ["1m"]).Aggregate(LiveWindows.None, (all, name) => all | Window("windows", name)),
            By = DimensionSet.Of([LiveDimension.Total, .. (asked.By ?? []).Select(b => Dimension(b, LiveWindowNames.Series))]),
            Compare = asked.Compare ?? false,
            Distributions = asked.Distributions ?? false,
            Points = asked.Points ?? false,
            Feed = feed,
            Scores = scores,
            Rate = Within("rate", asked.Rate ?? DefaultRate, 1, MaxRate),
        };
    }

    public TraceQuestion Trace(string? traceId)
    {
        if (!StreamId.IsValidId(traceId))
        {
            Refuse("traceId", $"expected 1 to {StreamId.MaxIdLength} characters without control characters");
        }
        else if (access.TraceId is { } only ? only != traceId : !access.Filter.IsEverything)
        {
            // Whether a trace matches a filter is not known before it is read, and may change while it is watched.
            Refuse("traceId", "the token does not open this trace");
        }
        else if (access.TraceId is null)
        {
            RefuseWithoutDetail("traceId");
        }

        return new TraceQuestion(access.Project, traceId ?? "");
    }

    public TopQuestion Top(LiveTopSubscribe asked)
    {
        RefuseTraceToken();
        RefuseWithoutDetail("by");
        return new TopQuestion(access.Project, Part(asked), Dimension(asked.By ?? "user", LiveWindowNames.Ranked))
        {
            Order = Order(asked.Order ?? LiveWindowNames.Orders[0]),
            Window = Window("window", asked.Window ?? "1h"),
            Limit = Within("limit", asked.Limit ?? DefaultTop, 1, MaxTop),
        };
    }

    /// <summary>The part that is asked for, within what may be seen.</summary>
    public LiveFilter Part(LivePart asked)
    {
        var conditions = new List<LiveCondition>(access.Filter.Conditions);
        if (asked.Filter is { Length: > MaxFilterLength })
        {
            Refuse("filter", $"expected at most {MaxFilterLength} characters");
        }
        else if (LiveFilter.TryParse(asked.Filter, out var filter) is { } problem)
        {
            Refuse("filter", problem.Message);
        }
        else
        {
            conditions.AddRange(filter.Conditions);
        }

        Add("session", LiveDimension.Session, asked.Session);
        Add("user", LiveDimension.User, asked.User);
        Add("prompt", LiveDimension.Prompt, asked.Prompt);
        var part = LiveFilter.All(conditions);
        if (part.Conditions.Any(c => c.Values.Count == 0))
        {
            Refuse("filter", "nothing that may be seen can match it");
        }

        return part;

        void Add(string field, LiveDimension dimension, string? value)
        {
            if (value is { Length: > LiveSeriesKey.MaxValueLength })
            {
                Refuse(field, $"expected at most {LiveSeriesKey.MaxValueLength} characters");
            }
            else if (value is { Length: > 0 })
            {
                conditions.Add(new LiveCondition(dimension, [value]));
            }
        }
    }

    private void RefuseTraceToken()
    {
        if (access.TraceId is not null)
        {
            Refuse("token", "it opens one trace and no numbers");
        }
    }

    private void RefuseWithoutDetail(string field)
    {
        if (!access.Detail)
        {
            Refuse(field, "the token opens numbers without names and texts; mint one with detail");
        }
    }

    private LiveWindows Window(string field, string name)
    {
        if (LiveWindowNames.ParseWindow(name) is { } window)
        {
            return window;
        }

        Refuse(field, $"expected some of {string.Join(", ", LiveWindowNames.All)}");
        return LiveWindows.None;
    }

    private LiveDimension Dimension(string name, IReadOnlyList<string> known)
    {
        if (known.Contains(name))
        {
            return LiveWindowNames.ParseDimension(name)!.Value;
        }

        Refuse("by", $"expected some of {string.Join(", ", known)}");
        return LiveDimension.Total;
    }

    private LiveTopOrder Order(string name)
    {
        for (var order = 0; order < LiveWindowNames.Orders.Count; order++)
        {
            if (LiveWindowNames.Orders[order] == name)
            {
                return (LiveTopOrder)order;
            }
        }

        Refuse("order", $"expected one of {string.Join(", ", LiveWindowNames.Orders)}");
        return default;
    }

    private int Within(string field, int value, int min, int max)
    {
        if (value >= min && value <= max)
        {
            return value;
        }

        Refuse(field, $"expected {min} to {max}");
        return min;
    }

    private void Refuse(string field, string message)
    {
        if (!_problems.Contains((field, message)))
        {
            _problems.Add((field, message));
        }
    }
}
