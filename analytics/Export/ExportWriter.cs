using Actors.Queries;

namespace Actors.Analytics.Export;

/// <summary>Writes rows into a file of some form. Blocking; one caller at a time.</summary>
internal abstract class ExportWriter<T>(IReadOnlyList<ExportColumn<T>> columns) : IDisposable
{
    protected IReadOnlyList<ExportColumn<T>> Columns => columns;

    /// <summary>Begins a file.</summary>
    public static ExportWriter<T> Create(ExportFormat format, string path, IReadOnlyList<ExportColumn<T>> columns) => format switch
    {
        ExportFormat.Csv => new CsvWriter<T>(path, columns),
        ExportFormat.JsonLines => new JsonLinesWriter<T>(path, columns),
        ExportFormat.Parquet => new ParquetWriter<T>(path, columns),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such form."),
    };

    /// <summary>Adds a row.</summary>
    public abstract void Write(T row);

    /// <summary>Ends the file.</summary>
    public abstract void Complete();

    public abstract void Dispose();
}
