namespace Actors.Live;

/// <summary>What an actor of live numbers is about.</summary>
public enum LiveScopeKind
{
    /// <summary>The whole project.</summary>
    Project,

    /// <summary>What a filter leaves, while somebody watches it.</summary>
    Filter,

    /// <summary>One session.</summary>
    Session,

    /// <summary>One user.</summary>
    User,

    /// <summary>One prompt, with its versions as series.</summary>
    Prompt,
}

/// <summary>What an actor of live numbers counts: a part of one project.</summary>
/// <param name="Project">The project.</param>
/// <param name="Kind">Which kind of part.</param>
/// <param name="Value">The id or the name; the text of the filter; empty for the whole project.</param>
[GenerateSerializer, Immutable, Alias("actors.LiveScope")]
public sealed record LiveScope(
    [property: Id(0)] ProjectId Project, [property: Id(1)] LiveScopeKind Kind, [property: Id(2)] string Value)
{
    [NonSerialized]
    private LiveFilter? _filter;

    /// <summary>The whole project.</summary>
    public static LiveScope Of(ProjectId project) => new(project, LiveScopeKind.Project, "");

    /// <summary>What a filter leaves of a project.</summary>
    public static LiveScope Of(ProjectId project, LiveFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return filter.IsEverything ? Of(project) : new(project, LiveScopeKind.Filter, filter.Text);
    }

    /// <summary>Its conditions.</summary>
    /// <exception cref="FormatException">The value is the text of no filter.</exception>
    public LiveFilter Filter => _filter ??= Kind switch
    {
        LiveScopeKind.Project => LiveFilter.Everything,
        LiveScopeKind.Session => LiveFilter.Of(LiveDimension.Session, Value),
        LiveScopeKind.User => LiveFilter.Of(LiveDimension.User, Value),
        LiveScopeKind.Prompt => LiveFilter.Of(LiveDimension.Prompt, Value),
        _ => LiveFilter.TryParse(Value, out var filter) is { } problem ? throw new FormatException(problem.Message) : filter,
    };

    /// <summary>The key of its actor.</summary>
    public string GrainKey => Kind == LiveScopeKind.Project ? Project.Value : $"{Project.Value}/{Value}";

    /// <summary>The scope of an actor.</summary>
    /// <exception cref="FormatException"><paramref name="key"/> is no such key.</exception>
    public static LiveScope Parse(LiveScopeKind kind, string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (kind == LiveScopeKind.Project)
        {
            return Of(new ProjectId(key));
        }

        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            ? new LiveScope(new ProjectId(key[..slash]), kind, key[(slash + 1)..])
            : throw new FormatException($"'{key}' is not a grain key such as project/value.");
    }

    /// <summary>Its actor.</summary>
    public ILiveGrain GrainOf(IGrainFactory grains)
    {
        ArgumentNullException.ThrowIfNull(grains);
        return Kind switch
        {
            LiveScopeKind.Project => grains.GetGrain<IMetricsGrain>(GrainKey),
            LiveScopeKind.Filter => grains.GetGrain<IFilterGrain>(GrainKey),
            LiveScopeKind.Session => grains.GetGrain<ISessionGrain>(GrainKey),
            LiveScopeKind.User => grains.GetGrain<IUserGrain>(GrainKey),
            _ => grains.GetGrain<IPromptGrain>(GrainKey),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Kind == LiveScopeKind.Project ? $"project {Project}" : $"{Kind} {Value} of project {Project}";

    /// <inheritdoc/>
    public bool Equals(LiveScope? other) => other is not null && Project == other.Project && Kind == other.Kind && Value == other.Value;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Project, Kind, Value);
}

/// <summary>The parts of a project that are counted on their own now.</summary>
/// <param name="Version">Another list has another version.</param>
/// <param name="Scopes">Without the whole project.</param>
[GenerateSerializer, Immutable, Alias("actors.LiveWatches")]
public sealed record LiveWatches([property: Id(0)] long Version, [property: Id(1)] IReadOnlyList<LiveScope> Scopes)
{
    /// <summary>How many parts of one project can be counted on their own at a time.</summary>
    public const int Max = 200;
}

/// <summary>Too many parts of a project are counted on their own already.</summary>
[GenerateSerializer, Alias("actors.LiveWatchesFullException")]
public sealed class LiveWatchesFullException : Exception
{
    /// <summary>Says so.</summary>
    public LiveWatchesFullException()
        : base($"{LiveWatches.Max} filters, sessions, users and prompts of this project are watched already; close one first.")
    {
    }
}
