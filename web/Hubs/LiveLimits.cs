using Microsoft.Extensions.Options;

namespace Actors.Web.Hubs;

/// <summary>Counts connections and subscriptions of this node, so that none of them grows without bound.</summary>
internal sealed class LiveLimits(IOptions<LiveHubOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ProjectId, int> _byProject = [];
    private int _connections;
    private int _subscriptions;

    /// <summary>Connections that are open.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Subscriptions that are open.</summary>
    public int Subscriptions => Volatile.Read(ref _subscriptions);

    /// <summary>Why another connection would be refused; null: it would not.</summary>
    public string? WhyFull(ProjectId project)
    {
        lock (_gate)
        {
            return Problem(project);
        }
    }

    /// <summary>Takes the place of one connection; dispose it when it ends. Null when there is none, and why.</summary>
    public LiveConnection? TryConnect(ProjectId project, out string? problem)
    {
        lock (_gate)
        {
            problem = Problem(project);
            if (problem is not null)
            {
                return null;
            }

            _connections++;
            _byProject[project] = _byProject.GetValueOrDefault(project) + 1;
        }

        return new LiveConnection(this, project, options.Value.MaxSubscriptionsPerConnection);
    }

    internal void Subscribed(int difference) => Interlocked.Add(ref _subscriptions, difference);

    internal void Disconnected(ProjectId project)
    {
        lock (_gate)
        {
            _connections--;
            if (--_byProject[project] == 0)
            {
                _byProject.Remove(project);
            }
        }
    }

    private string? Problem(ProjectId project)
    {
        var limits = options.Value;
        return _connections >= limits.MaxConnections
            ? $"This server has {limits.MaxConnections} live connections, the most it takes ({LiveHubOptions.Section}:{nameof(limits.MaxConnections)})."
            : _byProject.GetValueOrDefault(project) >= limits.MaxConnectionsPerProject
                ? $"The project has {limits.MaxConnectionsPerProject} live connections, the most it may have ({LiveHubOptions.Section}:{nameof(limits.MaxConnectionsPerProject)})."
                : null;
    }
}

/// <summary>One connection and the number of its subscriptions.</summary>
internal sealed class LiveConnection(LiveLimits limits, ProjectId project, int maxSubscriptions) : IDisposable
{
    private int _subscriptions;
    private int _closed;

    /// <summary>Takes the place of one subscription; <see cref="Unsubscribe"/> gives it back.</summary>
    /// <returns>Why there is none; null: it is taken.</returns>
    public string? TrySubscribe()
    {
        if (Interlocked.Increment(ref _subscriptions) <= maxSubscriptions)
        {
            limits.Subscribed(1);
            return null;
        }

        Interlocked.Decrement(ref _subscriptions);
        return $"The connection has {maxSubscriptions} subscriptions, the most it may have ({LiveHubOptions.Section}:{nameof(LiveHubOptions.MaxSubscriptionsPerConnection)}).";
    }

    public void Unsubscribe()
    {
        Interlocked.Decrement(ref _subscriptions);
        limits.Subscribed(-1);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            limits.Disconnected(project);
        }
    }
}
