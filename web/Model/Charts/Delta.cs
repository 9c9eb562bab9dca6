using System.Globalization;

namespace Actors.Web.Model.Charts;

/// <summary>Whether growth of a figure is welcome.</summary>
public enum Wish
{
    /// <summary>Neither growth nor decline says anything by itself, as for traffic.</summary>
    Neutral,

    /// <summary>More is better, as for quality.</summary>
    More,

    /// <summary>Less is better, as for latency, errors and spend.</summary>
    Less,
}

/// <summary>Change of a figure against the window before.</summary>
/// <param name="Text">Signed change, empty when the windows cannot be compared.</param>
/// <param name="Tone">CSS class: <c>good</c>, <c>bad</c> or empty.</param>
public readonly record struct Delta(string Text, string Tone)
{
    /// <summary>Nothing to compare with.</summary>
    public static Delta None { get; } = new("", "");

    /// <summary>Change in percent of the earlier value.</summary>
    public static Delta Relative(double? now, double? before, Wish wish)
    {
        if (now is not { } a || before is not { } b || b == 0)
            return None;

        var change = (a - b) / b * 100;
        var format = Math.Abs(change) >= 100 ? "+#,0;−#,0;0" : "+0.0;−0.0;0.0";
        return Make(change, 0.05, change.ToString(format, CultureInfo.InvariantCulture) + "%", wish);
    }

    /// <summary>Change of a share in percentage points.</summary>
    public static Delta Points(double? now, double? before, Wish wish)
    {
        if (now is not { } a || before is not { } b)
            return None;

        var change = (a - b) * 100;
        return Make(change, 0.05, change.ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture) + " pt", wish);
    }

    /// <summary>Plain difference, for figures on a fixed scale.</summary>
    public static Delta Absolute(double? now, double? before, Wish wish)
    {
        if (now is not { } a || before is not { } b)
            return None;

        var change = a - b;
        return Make(change, 0.005, change.ToString("+0.00;−0.00;0.00", CultureInfo.InvariantCulture), wish);
    }

    // A change that rounds to zero has no direction worth a colour.
    private static Delta Make(double change, double least, string text, Wish wish)
    {
        if (wish == Wish.Neutral || Math.Abs(change) < least)
            return new(text, "");
        return new(text, change > 0 == (wish == Wish.More) ? "good" : "bad");
    }
}
