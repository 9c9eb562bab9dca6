using Actors.Filtering;
using Actors.Prompts;
using Actors.Queries;
using Actors.Tracing;
using Icons = MudBlazor.Icons;

namespace Actors.Web.Model.Shell.Palette;

/// <summary>Looks for things of a project: traces by id, name and words, sessions and users by id, prompts by name.</summary>
public sealed class PaletteSearch(IGrainFactory grains, IPromptStore prompts, TimeProvider time)
{
    private const int Most = 6;

    // Words may be anywhere in a trace's texts, so the newest are looked through first and the oldest not at all.
    private static readonly TimeSpan Reach = TimeSpan.FromDays(30);

    /// <summary>The groups that are looked through, each of them as soon as it is.</summary>
    /// <param name="project">Whose things.</param>
    /// <param name="environments">Where they came from.</param>
    /// <param name="text">What is looked for; not empty.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public IAsyncEnumerable<Task<PaletteFinds>> Find(ProjectId project, EnvironmentChoice environments, string text, CancellationToken cancellationToken) =>
        Task.WhenEach(
            TracesAsync(project, environments, text),
            OwnersAsync(project, environments, text, PaletteGroup.Sessions, "sessionId", Icons.Material.Filled.Forum),
            OwnersAsync(project, environments, text, PaletteGroup.Users, "userId", Icons.Material.Filled.Person),
            PromptsAsync(project, text, cancellationToken));

    /// <summary>The list of all traces that fit the text, whether it is a filter or words.</summary>
    public static PaletteItem AllTraces(ProjectId project, EnvironmentChoice environments, string text) => new(
        PaletteGroup.Everything, $"Traces with “{text}”", Icons.Material.Filled.Search)
    {
        Href = environments.On($"{ProjectPath.Traces(project)}?f={Uri.EscapeDataString(Written(text))}"),
    };

    private IAnalyticsGrain Analytics(ProjectId project) => grains.GetGrain<IAnalyticsGrain>(project.Value);

    private async Task<PaletteFinds> TracesAsync(ProjectId project, EnvironmentChoice environments, string text)
    {
        // An id is looked for everywhere and always: who has one knows what he wants.
        var byId = Analytics(project).ListTracesAsync(Query(Filter.Equal("id", text), null, 1));
        var wanted = Filter.Any(Begins("id", text), Contains("name", text), FilterText.Parse(FilterCatalog.Traces, Written(text)).Filter ?? Filter.Nothing);
        var others = await Analytics(project).ListTracesAsync(Query(environments.And(FilterCatalog.Traces, wanted), time.GetUtcNow() - Reach, Most));
        var exact = (await byId).Items;
        return new(PaletteGroup.Traces, [.. exact.Concat(others.Items).DistinctBy(t => t.Id).Take(Most).Select(t => Item(project, t, text))]);
    }

    private static TraceQuery Query(Filter filter, DateTimeOffset? from, int limit) =>
        new() { Filter = filter, From = from, Limit = limit, TextLimit = 0, WithTotal = false };

    private static PaletteItem Item(ProjectId project, TraceRecord trace, string text) => new(
        PaletteGroup.Traces, trace.Name is { Length: > 0 } name ? name : "unnamed", Icons.Material.Filled.AccountTree)
    {
        Detail = trace.Id,
        IsExact = trace.Id == text,
        Href = ProjectPath.Trace(project, trace.Id),
    };

    private async Task<PaletteFinds> OwnersAsync(
        ProjectId project, EnvironmentChoice environments, string text, PaletteGroup group, string column, string icon)
    {
        var now = time.GetUtcNow();
        var answer = await Analytics(project).QueryMetricsAsync(new MetricsQuery
        {
            View = MetricsView.Traces,
            Dimensions = [column],
            Metrics = [new MetricsColumn("count", MetricsAggregation.Count)],
            Filter = environments.And(FilterCatalog.Traces, Contains(column, text)),
            From = now - Reach,
            To = now,
            RowLimit = Most,
        });
        var owners = answer.Rows.Where(r => r[0].Text is { Length: > 0 }).Select(r => (Id: r[0].Text!, Traces: (long)(r[1].Number ?? 0)));
        return new(
            group,
            [
                .. owners.OrderByDescending(o => o.Id == text).ThenByDescending(o => o.Id.StartsWith(text, StringComparison.Ordinal)).Select(o =>
                    new PaletteItem(group, o.Id, icon)
                    {
                        Detail = o.Traces == 1 ? "1 trace" : $"{Format.Count(o.Traces)} traces",
                        IsExact = o.Id == text,
                        Href = group == PaletteGroup.Sessions ? ProjectPath.Session(project, o.Id) : ProjectPath.User(project, o.Id),
                    }),
            ]);
    }

    private async Task<PaletteFinds> PromptsAsync(ProjectId project, string text, CancellationToken cancellationToken)
    {
        var found = await prompts.ListAsync(project, new PromptListQuery { Page = new PageRequest(1, Most), NameContains = text }, cancellationToken);
        return new(
            PaletteGroup.Prompts,
            [
                .. found.Items.Select(p => new PaletteItem(PaletteGroup.Prompts, p.Name, Icons.Material.Filled.Description)
                {
                    Detail = $"v{p.Versions.Max()}",
                    Href = $"{ProjectPath.Observations(project)}?f={Uri.EscapeDataString(FilterText.Format(FilterCatalog.Observations, Filter.Equal("promptName", p.Name)))}",
                }),
            ]);
    }

    private static Condition Begins(string column, string text) => new Condition(column, null, FilterOperator.StartsWith, new TextValue(text));

    private static Condition Contains(string column, string text) => new Condition(column, null, FilterOperator.Contains, new TextValue(text));

    // What reads as a filter is one; all else is looked for as it stands.
    private static string Written(string text) => FilterText.Parse(FilterCatalog.Traces, text).Filter is not null
        ? text
        : FilterText.Format(FilterCatalog.Traces, new Condition(FilterCatalog.Search, null, FilterOperator.Matches, new TextValue(text)));
}

/// <summary>What was found in one group.</summary>
/// <param name="Group">Which.</param>
/// <param name="Items">The best first.</param>
public sealed record PaletteFinds(PaletteGroup Group, IReadOnlyList<PaletteItem> Items);
