using Actors.Live;

namespace Actors.Analytics.Queries.Series;

/// <summary>The values of series in SQL, cut as <see cref="LiveSeriesKey.Of"/> cuts them.</summary>
internal static class SeriesText
{
    /// <summary>
    /// A value, cut. UTF-16 units are counted: a character beyond the first plane is two of them, an escaped one (see
    /// StoredText) is one.
    /// </summary>
    public static Sql.Fragment Cut(Sql.Fragment value) => new($$"""
        CASE WHEN {{IsLong(value).Text}} THEN array_to_string(flatten(list_transform(
            regexp_extract_all(left({{value.Text}}, {{2 * LiveSeriesKey.MaxValueLength}}), '(?s)\x{FDD0}.|.'),
            part -> CASE WHEN strlen(part) = 4 THEN ['', part] ELSE [part] END))[1:{{LiveSeriesKey.MaxValueLength}}], '')
        ELSE {{value.Text}} END
        """);

    /// <summary>Whether a value may have to be cut: it has more bytes than characters are allowed.</summary>
    public static Sql.Fragment IsLong(Sql.Fragment value) => new($"strlen({value.Text}) > {LiveSeriesKey.MaxValueLength}");
}
