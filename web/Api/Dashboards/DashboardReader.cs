using Actors.Dashboards;
using Actors.Filtering;

namespace Actors.Web.Api.Dashboards;

/// <summary>Reads dashboards and their tiles. Other properties than the known ones say nothing (langfuse-api §19).</summary>
internal static class DashboardReader
{
    public const int MaxNameLength = 500;
    public const int MaxDescriptionLength = 5_000;

    private const string Kinds = "widget, preset";

    /// <summary>A dashboard to be made. What is wrong is among the issues of the reader.</summary>
    public static DashboardDraft Draft(BodyReader body) => new()
    {
        Name = body.Text("name", required: true, min: 1, max: MaxNameLength) ?? "",
        Description = body.Text("description", max: MaxDescriptionLength) ?? "",
        Filters = Filters(body) ?? "[]",
        Placements = Definition(body) ?? [],
    };

    /// <summary>A change of a dashboard.</summary>
    public static DashboardChange Change(BodyReader body)
    {
        RefuseEmpty(body);
        return new()
        {
            Name = body.Text("name", min: 1, max: MaxNameLength),
            Description = body.Text("description", max: MaxDescriptionLength),
            Filters = Filters(body),
            Placements = Definition(body),
        };
    }

    /// <summary>A tile to be put on a dashboard; null when something is wrong with it.</summary>
    public static PlacementDraft? PlacementDraft(BodyReader body)
    {
        var (kind, content) = Content(body);
        var id = body.Text("id", min: 1, max: Placement.MaxIdLength);
        var move = Move(body);
        return kind is null || content is null
            ? null
            : new PlacementDraft(kind.Value, content) { Id = id, X = move.X, Y = move.Y, Width = move.Width, Height = move.Height };
    }

    /// <summary>Where a tile goes.</summary>
    public static PlacementMove Move(BodyReader body, bool required = false) => new(
        body.Integer("x", required, min: 0, max: Placement.Columns - 1),
        body.Integer("y", required, min: 0, max: Placement.MaxY),
        body.Integer("width", required, min: 1, max: Placement.Columns),
        body.Integer("height", required, min: 1, max: Placement.MaxHeight));

    /// <summary>Changes that change nothing are a mistake.</summary>
    public static void RefuseEmpty(BodyReader body)
    {
        if (!body.Names().Any())
        {
            body.RefuseAll("custom", "At least one field is required");
        }
    }

    // A dashboard is narrowed in the words of observations, which know all that its widgets have in common.
    private static string? Filters(BodyReader body)
    {
        if (body.Json("filters") is not { } json || body.IsNull("filters"))
        {
            return null;
        }

        foreach (var issue in FilterJson.Read(FilterCatalog.Observations, json).Issues)
        {
            body.Refuse(issue.Code, ["filters", .. issue.Path], issue.Message);
        }

        return json;
    }

    private static List<Placement>? Definition(BodyReader body)
    {
        if (body.Object("definition") is not { } definition || definition.Objects("widgets", required: true, maxCount: Placement.MaxCount) is not { } items)
        {
            return null;
        }

        List<Placement> placements = [];
        foreach (var item in items)
        {
            var (kind, content) = Content(item);
            var id = item.Text("id", required: true, min: 1, max: Placement.MaxIdLength);
            if (Move(item, required: true) is not { X: { } x, Y: { } y, Width: { } width, Height: { } height } || kind is null || content is null || id is null)
            {
                continue;
            }

            var placement = new Placement(id, kind.Value, content, x, y, width, height);
            if (placement.Misfit() is var (field, message))
            {
                item.Refuse("custom", field, message);
            }

            placements.Add(placement);
        }

        return placements;
    }

    private static (PlacementKind? Kind, string? ContentId) Content(BodyReader body)
    {
        var kind = body.OneOf<PlacementKind>(
            "type", text => text switch { "widget" => PlacementKind.Widget, "preset" => PlacementKind.Preset, _ => null }, Kinds, required: true);
        var widget = body.Text("widgetId", required: kind == PlacementKind.Widget, min: 1, max: Placement.MaxIdLength);
        var preset = body.Text("presetId", required: kind == PlacementKind.Preset, min: 1, max: Placement.MaxIdLength);
        return (kind, kind == PlacementKind.Preset ? preset : widget);
    }
}
