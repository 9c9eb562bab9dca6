using Actors.Filtering;

namespace Actors.Analytics.Queries.Filtering;

/// <summary>Where the columns of a catalogue are in the file.</summary>
internal sealed partial class FilterTable
{
    private readonly Dictionary<string, ColumnSql> _columns;

    private FilterTable(FilterCatalog catalog, Dictionary<string, ColumnSql> columns) => (Catalog, _columns) = (catalog, columns);

    /// <summary>The columns that can be filtered by.</summary>
    public FilterCatalog Catalog { get; }

    /// <summary>The place of a column of the catalogue.</summary>
    public ColumnSql Find(string column) => _columns[column];

    private static ValueSql Own(string name) => new("{0}." + name);
}
