namespace Actors.Web.Api.Experiments;

/// <summary>The query parameters that lists of experiments and of their items read alike.</summary>
internal static class ListParameters
{
    public const int MaxLimit = 100;
    private const int MaxScoreLimit = 50;

    public static int ReadScoreLimit(QueryReader reader) => reader.Integer("scoreLimit", MaxScoreLimit, 1, MaxScoreLimit);

    public static ListPlace? ReadPlace(QueryReader reader)
    {
        if (reader.Text("cursor") is not { } text)
        {
            return null;
        }

        if (ListPlace.Parse(text) is { } place)
        {
            return place;
        }

        reader.Refuse("custom", "cursor", "Invalid cursor: take it from meta.cursor of the page before");
        return null;
    }
}
