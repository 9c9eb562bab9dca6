using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Actors.Web.Hubs;

/// <summary>Limits of live streams on one web node; section <c>Actors:Live</c>.</summary>
public sealed class LiveHubOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Actors:Live";

    /// <summary>Connections of hub clients and event streams together. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>Those of one project. Default 2,500.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnectionsPerProject { get; set; } = 2_500;

    /// <summary>Subscriptions of one connection. Default 50.</summary>
    [Range(1, 1_000)]
    public int MaxSubscriptionsPerConnection { get; set; } = 50;

    /// <summary>Different subscriptions of one project; equal ones count once. Default 500.</summary>
    [Range(1, 100_000)]
    public int MaxDifferentSubscriptionsPerProject { get; set; } = 500;

    /// <summary>The largest message that a hub client may send, in bytes. Default 16 kB.</summary>
    [Range(1_024, 1 << 20)]
    public int MaxMessageBytes { get; set; } = 16 << 10;

    /// <summary>How long tokens may serve at most. Default a day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan MaxTokenLifetime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How often a key is judged again while its streams are open: a revoked one closes them so late at most. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan AccessCheckInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The pause after which a silent event stream says that it is alive. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>Checks the limits of live streams.</summary>
[OptionsValidator]
internal sealed partial class LiveHubOptionsValidator : IValidateOptions<LiveHubOptions>;
