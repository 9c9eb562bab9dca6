using Microsoft.Extensions.Options;

namespace Actors.Web.Ingestion;

/// <summary>Counts the bytes of requests under way, so that a flood waits at the sender and not in our memory.</summary>
internal sealed class InFlightBudget(IOptions<IngestionOptions> options)
{
    // What a request takes besides its body: a flood of empty ones has a bound, too.
    private const int Overhead = 4 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<ProjectId, long> _byProject = [];
    private long _all;

    /// <summary>The bytes that are taken now, of all projects.</summary>
    public long UnderWay
    {
        get
        {
            lock (_lock)
            {
                return _all;
            }
        }
    }

    /// <summary>Takes bytes for a request; null when there is no room, for a reason. One request always fits an idle server.</summary>
    public Lease? TryTake(ProjectId project, int bytes, out RefusalReason reason)
    {
        var taken = bytes + Overhead;
        lock (_lock)
        {
            var held = _byProject.GetValueOrDefault(project);
            var fitsProject = held == 0 || held + taken <= options.Value.MaxBytesUnderWayPerProject;
            reason = fitsProject ? RefusalReason.AllBytes : RefusalReason.ProjectBytes;
            if (!fitsProject || (_all > 0 && _all + taken > options.Value.MaxBytesUnderWay))
            {
                return null;
            }

            _byProject[project] = held + taken;
            _all += taken;
            return new Lease(this, project, taken);
        }
    }

    private void Change(ProjectId project, int bytes)
    {
        lock (_lock)
        {
            _all += bytes;
            if ((_byProject[project] += bytes) == 0)
            {
                _byProject.Remove(project);
            }
        }
    }

    /// <summary>The bytes of one request. Given back on disposal.</summary>
    internal sealed class Lease(InFlightBudget budget, ProjectId project, int bytes) : IDisposable
    {
        private int _bytes = bytes;

        /// <summary>Corrects the count once the real size is known.</summary>
        public void Resize(int bytes)
        {
            var taken = bytes + Overhead;
            budget.Change(project, taken - _bytes);
            _bytes = taken;
        }

        public void Dispose()
        {
            if (_bytes > 0)
            {
                budget.Change(project, -_bytes);
                _bytes = 0;
            }
        }
    }
}
