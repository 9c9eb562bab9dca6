using Actors.Analytics.Queries;
using Actors.Queries;

namespace Actors.Analytics.Export;

/// <summary>A list as a file that is deleted when it is disposed.</summary>
internal sealed class ExportFile : IDisposable
{
    private const string Folder = "exports";

    // What is sorted is places; rows with all their text are read a few at a time.
    private const int RowsAtOnce = 500;

    // Rows are bounded, and so is what they hold: a text may have many megabytes.
    private const long MostCharacters = 1L << 30;

    private readonly string _path;

    private ExportFile(string path) => _path = path;

    /// <summary>The rows of the file.</summary>
    public int Rows { get; private set; }

    /// <summary>Whether there were more.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Prepares a file in a folder of its own beside the read models.</summary>
    public static ExportFile Create(string directory)
    {
        var folder = Path.Combine(directory, Folder);
        Directory.CreateDirectory(folder);
        return new ExportFile(Path.Combine(folder, Guid.NewGuid().ToString("n")));
    }

    /// <summary>Deletes what a process that was killed has left.</summary>
    public static void DeleteLeftovers(string directory)
    {
        if (Directory.Exists(Path.Combine(directory, Folder)))
        {
            Directory.Delete(Path.Combine(directory, Folder), recursive: true);
        }
    }

    /// <summary>Writes the whole file within one snapshot. Blocking.</summary>
    /// <returns>The rows.</returns>
    public int Write(ReadSession session, ExportQuery query, CancellationToken cancellationToken)
    {
        if (query.Traces is { } traces)
        {
            var whole = traces with { Page = 1, Offset = 0, Limit = ExportQuery.MaxRows + 1, TextLimit = null };
            Write(session.List(new TracePlacesSql(whole)), query.Format, ExportColumns.Traces, places => session.List(new TraceRowsSql(whole, places)), cancellationToken);
        }
        else
        {
            var whole = query.Observations! with
            {
                Page = 1, Offset = 0, Limit = ExportQuery.MaxRows + 1, TextLimit = null, WithIo = true, WithMetadata = true,
            };
            Write(session.List(new ObservationPlacesSql(whole)), query.Format, ExportColumns.Observations, places => session.List(new ObservationRowsSql(whole, places)), cancellationToken);
        }

        return Rows;
    }

    /// <summary>Opens the file to be read.</summary>
    public FileStream OpenRead() => new(_path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);

    public void Dispose() => File.Delete(_path);

    private void Write<T>(
        List<RowPlace> places, ExportFormat format, IReadOnlyList<ExportColumn<T>> columns, Func<List<RowPlace>, List<T>> read, CancellationToken cancellationToken)
    {
        var (most, characters) = (Math.Min(places.Count, ExportQuery.MaxRows), 0L);
        using var writer = ExportWriter<T>.Create(format, _path, columns);
        while (Rows < most && characters < MostCharacters)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var row in read(places.GetRange(Rows, Math.Min(RowsAtOnce, most - Rows))))
            {
                writer.Write(row);
                characters += columns.Sum(c => (long)((c.Value(row) as string)?.Length ?? 0));
                Rows++;
            }
        }

        writer.Complete();
        IsCut = Rows < places.Count;
    }
}
