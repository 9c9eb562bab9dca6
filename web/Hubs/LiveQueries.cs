using Actors.Contracts;
using Actors.Web.Api;

namespace Actors.Web.Hubs;

/// <summary>Reads from the query of a URL what hub clients say in an argument.</summary>
internal static class LiveQueries
{
    public static LiveSubscribe Numbers(QueryReader query) => new()
    {
        Filter = query.Text("filter"),
        Session = query.Text("session"),
        User = query.Text("user"),
        Prompt = query.Text("prompt"),
        Windows = Names(query, "windows", LiveWindowNames.All) is { Count: > 0 } windows ? windows : null,
        By = Names(query, "by", LiveWindowNames.Series),
        Compare = query.Flag("compare"),
        Distributions = query.Flag("distributions"),
        Points = query.Flag("points"),
        Feed = query.Integer("feed", 0, 0, LiveQuestionReader.MaxFeed),
        Scores = query.Flag("scores"),
        Rate = query.Integer("rate", LiveQuestionReader.DefaultRate, 1, LiveQuestionReader.MaxRate),
    };

    public static LiveTopSubscribe Top(QueryReader query) => new()
    {
        Filter = query.Text("filter"),
        Session = query.Text("session"),
        User = query.Text("user"),
        Prompt = query.Text("prompt"),
        By = Name(query, "by", LiveWindowNames.Ranked),
        Order = Name(query, "order", LiveWindowNames.Orders),
        Window = Name(query, "window", LiveWindowNames.All),
        Limit = query.Integer("limit", LiveQuestionReader.DefaultTop, 1, LiveQuestionReader.MaxTop),
    };

    private static IReadOnlyList<string> Names(QueryReader query, string name, IReadOnlyList<string> known)
    {
        var names = query.Csv(name);
        if (names.Except(known).Any())
        {
            Refuse(query, name, known);
        }

        return names;
    }

    private static string? Name(QueryReader query, string name, IReadOnlyList<string> known)
    {
        var text = query.Text(name);
        if (text is not null && !known.Contains(text))
        {
            Refuse(query, name, known);
        }

        return text;
    }

    private static void Refuse(QueryReader query, string name, IReadOnlyList<string> known) =>
        query.Refuse("invalid_value", name, $"Invalid option: expected one of {string.Join(", ", known)}");
}
