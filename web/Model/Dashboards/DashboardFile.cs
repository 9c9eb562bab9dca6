using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Contracts;
using Actors.Dashboards;
using Actors.Web.Api;
using Actors.Web.Api.Dashboards;

namespace Actors.Web.Model.Dashboards;

/// <summary>Dashboards as files: written to be read by people, and read with every mistake named.</summary>
public static class DashboardFile
{
    /// <summary>The most bytes of a file.</summary>
    public const int MaxBytes = 1_000_000;

    private const int Version = 1;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    private static readonly JsonTypeInfo<DashboardFileBody> Type = (JsonTypeInfo<DashboardFileBody>)
        new JsonSerializerOptions(ContractsJsonContext.Wire.Options) { WriteIndented = true }.GetTypeInfo(typeof(DashboardFileBody));

    /// <summary>The file of a dashboard with its widgets.</summary>
    public static string Write(DashboardDraft dashboard, IReadOnlyDictionary<string, WidgetDraft> widgets) => JsonSerializer.Serialize(
        new DashboardFileBody(
            Version,
            dashboard.Name,
            dashboard.Description,
            new RawJson(dashboard.Filters),
            dashboard.Placements.ToWire(),
            widgets.ToDictionary(w => w.Key, w => w.Value.ToWire())),
        Type);

    /// <summary>Reads a file.</summary>
    /// <returns>The dashboard, or what is wrong.</returns>
    public static (DashboardImport? Import, string? Problem) Read(string text)
    {
        try
        {
            if (Encoding.UTF8.GetByteCount(text) > MaxBytes)
                return (null, $"The file has more than {MaxBytes:#,0} bytes.");

            using var document = JsonDocument.Parse(text, Options);
            var file = new BodyReader(document.RootElement);
            file.Integer("version", required: true, min: Version, max: Version);
            var dashboard = DashboardReader.Draft(file);
            var widgets = Widgets(file.Object("widgets", required: true));
            return file.Problem is { Error: var issues }
                ? (null, string.Join(' ', issues.Take(5).Select(i => $"{string.Join('.', i.Path)}: {i.Message}.")))
                : (new DashboardImport(dashboard, widgets), null);
        }
        catch (JsonException)
        {
            return (null, "The file is no JSON.");
        }
    }

    private static Dictionary<string, WidgetDraft> Widgets(BodyReader? body)
    {
        Dictionary<string, WidgetDraft> widgets = [];
        foreach (var key in body?.Names().Take(Placement.MaxCount) ?? [])
        {
            if (body!.Object(key, required: true) is { } item && WidgetReader.Draft(item, mayBeOld: true) is { } widget)
                widgets.Add(key, widget);
        }

        return widgets;
    }
}
