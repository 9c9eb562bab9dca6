namespace Actors.Analytics.Queries;

/// <summary>Sums that fit the types of the answers, whatever numbers a client may have sent.</summary>
internal static class SqlSums
{
    /// <summary>The sum of a BIGINT column, at most the largest BIGINT; 0 without rows.</summary>
    public static Sql.Fragment Of(string column) => new($"least(coalesce(sum({column}), 0), 9223372036854775807)::BIGINT");
}
