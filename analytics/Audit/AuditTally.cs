using Actors.Queries;

namespace Actors.Analytics.Audit;

/// <summary>What the comparisons of one project have found since the process started, also while its file was closed. Safe for concurrent use.</summary>
internal sealed class AuditTally(DateTimeOffset since)
{
    private readonly Lock _lock = new();
    private ColumnsAudit _found = new(since, null, 0, 0, null);

    /// <summary>What was found so far.</summary>
    public ColumnsAudit Found
    {
        get
        {
            lock (_lock)
            {
                return _found;
            }
        }
    }

    /// <summary>Adds what a look found.</summary>
    public void Add(DateTimeOffset at, int compared, IReadOnlyList<string> differences)
    {
        lock (_lock)
        {
            _found = _found with
            {
                AuditedAt = at,
                StreamsCompared = _found.StreamsCompared + compared,
                Differences = _found.Differences + differences.Count,
                LastDifference = differences is [.., var last] ? last : _found.LastDifference,
            };
        }
    }
}
