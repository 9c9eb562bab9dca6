using System.Data.Common;
using Actors.Queries;

namespace Actors.Analytics.Queries.Groups;

/// <summary>
/// Beyond what a group stands out: three times the distance of the quartiles above the upper one, which is what Tukey calls far
/// out. Few groups have no fences, for nobody can tell what is usual among them.
/// </summary>
/// <param name="SpendUsd">The cost; null: none.</param>
/// <param name="FailedShare">The share of traces that failed; null: none.</param>
internal readonly record struct OutlierFences(double? SpendUsd, double? FailedShare)
{
    private const int FewestGroups = 8;
    private const double Reach = 3;

    // Where hardly anything fails, the quartiles are zero; a few failures among many traces are no news.
    private const double LeastShare = 0.05;
    private const int FewestFailures = 3;

    /// <summary>Whether anything can stand out.</summary>
    public bool Any => SpendUsd is not null || FailedShare is not null;

    public static OutlierFences Of(long groups, IReadOnlyList<double>? spend, IReadOnlyList<double>? failedShare) =>
        groups < FewestGroups ? default : new(Above(spend), Above(failedShare) is { } fence ? Math.Max(fence, LeastShare) : null);

    /// <summary>In what a group stands out.</summary>
    public TraceGroupOutlier OutlierOf(TraceGroup group) =>
        ((double?)group.CostUsd > SpendUsd ? TraceGroupOutlier.Spend : TraceGroupOutlier.None)
        | (group.FailedTraces >= FewestFailures && group.FailedShare > FailedShare ? TraceGroupOutlier.Failure : TraceGroupOutlier.None);

    /// <summary>Writes in how many ways a group stands out, as <see cref="OutlierOf"/> says it; there is a fence.</summary>
    public void WriteCount(Sql sql)
    {
        sql.Append($"(0");
        if (SpendUsd is { } spend)
        {
            sql.Append($"+ coalesce(g.cost_usd::DOUBLE > {spend}, false)::INTEGER");
        }

        if (FailedShare is { } share)
        {
            sql.Append($"+ (g.failed_traces >= {FewestFailures} AND g.failed_traces / g.traces::DOUBLE > {share})::INTEGER");
        }

        sql.Append($")");
    }

    private static double? Above(IReadOnlyList<double>? quartiles) =>
        quartiles is [var lower, var upper] ? upper + (Reach * (upper - lower)) : null;
}

/// <summary>The fences of all groups whose traces count.</summary>
internal readonly record struct OutlierFencesSql(TraceGroupQuery Query) : ISqlQuery<OutlierFences>
{
    public void Write(Sql sql)
    {
        TraceGroupSql.WriteMembers(sql, Query with { Ids = [] });
        sql.Append($"""
            SELECT count(*), quantile_cont(g.cost_usd::DOUBLE, [0.25, 0.75]), quantile_cont(g.failed_traces / g.traces::DOUBLE, [0.25, 0.75]) FROM
            """);
        TraceGroupSql.WriteGroups(sql, withCostParts: false);
    }

    public OutlierFences Read(DbDataReader row) => OutlierFences.Of(row.GetInt64(0), Quartiles(row, 1), Quartiles(row, 2));

    private static List<double>? Quartiles(DbDataReader row, int i) => row.IsDBNull(i) ? null : row.GetFieldValue<List<double>>(i);
}
