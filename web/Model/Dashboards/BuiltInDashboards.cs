using System.Collections.Frozen;
using Actors.Dashboards;

namespace Actors.Web.Model.Dashboards;

/// <summary>A dashboard that comes with the server.</summary>
/// <param name="Id">Its place in addresses.</param>
/// <param name="Content">The dashboard and its widgets, by key.</param>
public sealed record BuiltInDashboard(string Id, DashboardImport Content)
{
    /// <summary>How placements name one of its widgets as a preset.</summary>
    public string PresetId(string key) => $"{Id}/{key}";

    /// <summary>The same as a dashboard of a project is told; it never changes.</summary>
    public DashboardRecord ToRecord()
    {
        var dashboard = Content.Dashboard;
        return new(Id, dashboard.Name, dashboard.Description, dashboard.Filters, dashboard.Placements, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
    }
}

/// <summary>The dashboards that come with the server: files beside this one, in the format in which people export theirs.</summary>
public static class BuiltInDashboards
{
    private static readonly string[] Order = ["cost", "latency", "quality", "usage", "prompts", "users"];

    /// <summary>All of them, in the order of the list.</summary>
    public static IReadOnlyList<BuiltInDashboard> All { get; } = [.. Order.Select(Load)];

    private static readonly FrozenDictionary<string, WidgetDraft> Presets = All
        .SelectMany(d => d.Content.Widgets.Select(w => (Id: d.PresetId(w.Key), Widget: w.Value)))
        .ToFrozenDictionary(p => p.Id, p => p.Widget);

    /// <summary>Every widget by the id of its preset.</summary>
    public static IEnumerable<KeyValuePair<string, WidgetDraft>> AllPresets => All
        .SelectMany(d => d.Content.Widgets.Select(w => KeyValuePair.Create(d.PresetId(w.Key), w.Value)));

    /// <summary>The one of this id; null: there is none.</summary>
    public static BuiltInDashboard? Find(string id) => All.FirstOrDefault(d => d.Id == id);

    /// <summary>The widget of a preset; null: there is none of this id.</summary>
    public static WidgetDraft? Preset(string id) => Presets.GetValueOrDefault(id);

    private static BuiltInDashboard Load(string id)
    {
        var name = $"{typeof(BuiltInDashboards).Namespace}.BuiltIn.{id}.json";
        using var stream = typeof(BuiltInDashboards).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing.");
        using var reader = new StreamReader(stream);
        var (import, problem) = DashboardFile.Read(reader.ReadToEnd());
        return new BuiltInDashboard(id, import ?? throw new InvalidOperationException($"{name}: {problem}"));
    }
}
