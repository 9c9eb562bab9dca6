using Actors.Datasets;

namespace Actors.Web.Api;

/// <summary>Reads fields of which an absent one keeps what is there and a null clears it.</summary>
internal static class DatasetFieldChanges
{
    /// <summary>A string.</summary>
    public static FieldChange TextChange(this BodyReader body, string name, int max)
    {
        var text = body.Text(name, max: max);
        return body.Has(name) ? FieldChange.To(text) : default;
    }

    /// <summary>Any value, as JSON text.</summary>
    public static FieldChange JsonChange(this BodyReader body, string name) =>
        body.Has(name) ? FieldChange.To(body.JsonOrNull(name)) : default;

    /// <summary>Any value as JSON text; null when it is absent or null.</summary>
    public static string? JsonOrNull(this BodyReader body, string name) => body.IsNull(name) ? null : body.Json(name);
}
