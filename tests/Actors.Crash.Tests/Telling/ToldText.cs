using System.Globalization;
using System.Text;

namespace Actors.Crash;

/// <summary>What is stored as text: two that are equal read alike, and two that are not show where.</summary>
internal static class ToldText
{
    public static string Of(Told told)
    {
        var text = new StringBuilder();
        if (told.Trace is { } t)
        {
            Line(text, $"trace {told.Id} {Wire.Iso(t.Start)} name={t.Name} environment={t.Environment} user={t.User} session={t.Session} release={t.Release} output={t.Output} cost={Round(told.Cost)}");
        }
        else
        {
            Line(text, $"no trace {told.Id}");
        }

        foreach (var o in told.Observations.OrderBy(o => o.Id, StringComparer.Ordinal))
        {
            Line(text, $"observation {o.Id} {o.Type} {o.Name} {Wire.Iso(o.Start)}..{Iso(o.End)} first={Iso(o.FirstToken)} {o.Level} environment={o.Environment} model={o.Model} prompt={o.Prompt}@{o.PromptVersion} output={o.Output} tokens={o.Input}+{o.OutputTokens} cost={Round(o.InputCost)}+{Round(o.OutputCost)}");
        }

        foreach (var score in told.Scores.OrderBy(s => s.Id, StringComparer.Ordinal))
        {
            Line(text, $"score {Of(score)}");
        }

        return text.ToString();
    }

    public static string Of(ToldScore s) => string.Create(
        CultureInfo.InvariantCulture,
        $"{s.Id} {Wire.Iso(s.At)} {s.Name} {s.DataType}={(s.Category is { } category ? category : s.Number)} environment={s.Environment} observation={s.Observation} session={s.Session}");

    /// <summary>A row of a list: whose it is, its observations, its scores and its cost.</summary>
    public static string Row(
        string id, string? user, string? session, string? release, decimal cost, IEnumerable<string> observations, IEnumerable<string> scores) =>
        $"{id} user={user} session={session} release={release} cost={Round(cost)} {string.Join(' ', observations.Order(StringComparer.Ordinal))} {string.Join(' ', scores.Order(StringComparer.Ordinal))}";

    /// <summary>What a list must say of a trace.</summary>
    public static string Row(Told told) => Row(
        told.Id, told.Trace!.User, told.Trace.Session, told.Trace.Release, told.Cost, told.Observations.Select(o => o.Id), told.Scores.Select(s => s.Id));

    private static string Iso(DateTimeOffset? at) => at is { } known ? Wire.Iso(known) : "";

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    // The wire carries doubles; twelve places are far below the price of a token.
    private static string Round(decimal cost) => decimal.Round(cost, 12).ToString("0.############", CultureInfo.InvariantCulture);
}
