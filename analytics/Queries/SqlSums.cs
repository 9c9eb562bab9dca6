using System.Data.Common;
using System.Numerics;

namespace Actors.Analytics.Queries;

/// <summary>Sums that fit the types of the answers, whatever numbers a client may have sent.</summary>
internal static class SqlSums
{
    /// <summary>The sum of a BIGINT column, at most the largest BIGINT; 0 without rows.</summary>
    public static Sql.Fragment Of(string column) => new($"least(coalesce(sum({column}), 0), 9223372036854775807)::BIGINT");

    /// <summary>Reads what <c>count_if</c> gives, which is wider than a BIGINT.</summary>
    public static long Count(DbDataReader row, int i) => row.GetValue(i) switch
    {
        BigInteger big => (long)big,
        long number => number,
        var other => Convert.ToInt64(other, System.Globalization.CultureInfo.InvariantCulture),
    };
}
