using System.Data.Common;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Queries;

/// <summary>The newest scores of each of some subjects, newest first over all of them.</summary>
internal readonly record struct SubjectScoreSql(SubjectScoreQuery Query) : ISqlQuery<ScoreRecord>
{
    public void Write(Sql sql)
    {
        sql.Append($"""
            SELECT {ScoreColumns.All} FROM scores
            WHERE list_contains({Query.DatasetRunIds}, dataset_run_id)
                OR list_contains({Query.TraceIds}, trace_id)
                    AND (observation_id IS NULL OR list_contains({Query.ObservationIds}, observation_id))
            QUALIFY row_number() OVER (
                PARTITION BY dataset_run_id, trace_id, observation_id ORDER BY timestamp DESC, id DESC) <= {Query.LimitPerSubject}
            ORDER BY timestamp DESC, id DESC
            """);
    }

    public ScoreRecord Read(DbDataReader row) => ScoreColumns.Read(row);
}
