using Actors.Analytics.Ingest;
using DuckDB.NET.Data;

namespace Actors.Analytics.Export;

/// <summary>
/// Apache Parquet, written by a DuckDB of its own: that of the project may not touch files. It keeps the rows in a file beside the
/// result until all are there, so that its memory stays within a bound.
/// </summary>
internal sealed class ParquetWriter<T> : ExportWriter<T>
{
    private const string MemoryLimit = "256MiB";

    private readonly string _path;
    private readonly DuckDBConnection _connection;
    private readonly DuckDBAppender _rows;

    public ParquetWriter(string path, IReadOnlyList<ExportColumn<T>> columns)
        : base(columns)
    {
        _path = path;
        _connection = new DuckDBConnection(new DuckDBConnectionStringBuilder
        {
            DataSource = path + ".rows",
            Threads = 1,
            MemoryLimit = MemoryLimit,
            AutoinstallKnownExtensions = false,
            AllowCommunityExtensions = false,
        }.ToString());
        _connection.Open();
        Execute($"CREATE TABLE rows ({string.Join(", ", columns.Select(c => $"{c.Name} {TypeOf(c.Type)}"))})");
        _rows = _connection.CreateAppender("rows");
    }

    public override void Write(T row)
    {
        var line = _rows.CreateRow();
        foreach (var column in Columns)
        {
            Append(line, column.Type, column.Value(row));
        }

        line.EndRow();
    }

    public override void Complete()
    {
        _rows.Close();
        Execute($"COPY rows TO '{_path.Replace("'", "''", StringComparison.Ordinal)}' (FORMAT parquet, COMPRESSION zstd)");
    }

    public override void Dispose()
    {
        _rows.Dispose();
        _connection.Dispose();
        File.Delete(_path + ".rows");
        File.Delete(_path + ".rows.wal");
        if (Directory.Exists(_path + ".rows.tmp"))
        {
            Directory.Delete(_path + ".rows.tmp", recursive: true);
        }
    }

    private static string TypeOf(ExportType type) => type switch
    {
        ExportType.Texts => "VARCHAR[]",
        ExportType.Whole => "BIGINT",
        ExportType.Number => "DOUBLE",
        ExportType.Money => "DECIMAL(38, 12)",
        ExportType.Flag => "BOOLEAN",
        ExportType.Time => "TIMESTAMPTZ",
        _ => "VARCHAR",
    };

    // A text ends at a NUL here; other readers of such files trip over them too.
    private static string Clean(string text) => text.Contains('\0', StringComparison.Ordinal) ? text.Replace("\0", "", StringComparison.Ordinal) : text;

    private static void Append(IDuckDBAppenderRow line, ExportType type, object? value)
    {
        switch (value)
        {
            case null when type == ExportType.Money:
                line.AppendValue((decimal?)null);
                break;
            case null:
                line.AppendNullValue();
                break;
            case string text:
                line.AppendValue((string?)Clean(text));
                break;
            case IReadOnlyList<string> texts:
                line.AppendValue(texts.Select(Clean).ToList());
                break;
            case bool flag:
                line.AppendValue((bool?)flag);
                break;
            case DateTimeOffset time:
                line.AppendValue((DateTimeOffset?)time);
                break;
            case long whole:
                line.AppendValue((long?)whole);
                break;
            case decimal money:
                line.AppendValue((decimal?)RowAppend.Money(money));
                break;
            default:
                line.AppendValue((double?)value);
                break;
        }
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
