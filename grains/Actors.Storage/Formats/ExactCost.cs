using System.Globalization;
using Actors.Storage.Formats.V1;
using Actors.Tracing;

namespace Actors.Storage.Formats;

/// <summary>Stores an amount of money without losing a digit.</summary>
internal static class ExactCost
{
    private const decimal UnitsPerUsd = 1_000_000_000_000m;
    private const decimal MaxUsdInUnits = 9_000_000m;

    public static Cost Encode(CostEntry entry)
    {
        var cost = new Cost { Key = entry.Key };
        if (Math.Abs(entry.CostUsd) <= MaxUsdInUnits && (long)(entry.CostUsd * UnitsPerUsd) is var units && units / UnitsPerUsd == entry.CostUsd)
        {
            cost.PicoUsd = units;
        }
        else
        {
            cost.Usd = entry.CostUsd.ToString(CultureInfo.InvariantCulture);
        }

        return cost;
    }

    public static CostEntry Decode(Cost cost) => cost.AmountCase switch
    {
        Cost.AmountOneofCase.PicoUsd => new CostEntry(cost.Key, cost.PicoUsd / UnitsPerUsd),
        Cost.AmountOneofCase.Usd when decimal.TryParse(cost.Usd, NumberStyles.Number, CultureInfo.InvariantCulture, out var usd) =>
            new CostEntry(cost.Key, usd),
        _ => throw new EventLogFormatException("A cost has no readable amount."),
    };
}
