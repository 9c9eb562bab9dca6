using System.Data.Common;
using DuckDB.NET.Data;

namespace Actors.Analytics.Queries;

/// <summary>One query: its typed arguments are its fields.</summary>
/// <typeparam name="T">What a row is read into.</typeparam>
internal interface ISqlQuery<out T>
{
    /// <summary>Writes the text and binds the arguments.</summary>
    void Write(Sql sql);

    /// <summary>Reads the row at which <paramref name="row"/> stands.</summary>
    T Read(DbDataReader row);
}

/// <summary>Queries within one snapshot of the file. Blocking; one caller at a time.</summary>
internal sealed class ReadSession : IDisposable
{
    private readonly DuckDBConnection _connection;
    private readonly CancellationToken _cancellationToken;
    private readonly DuckDBTransaction _transaction;

    /// <summary>Begins the snapshot.</summary>
    /// <param name="connection">A connection that nobody else uses.</param>
    /// <param name="head">The position that the log had come to when the question was asked.</param>
    /// <param name="cancellationToken">Ends a query that runs.</param>
    public ReadSession(DuckDBConnection connection, long head, CancellationToken cancellationToken)
    {
        Head = head;
        _connection = connection;
        _cancellationToken = cancellationToken;
        _transaction = connection.BeginTransaction();
        Watermark = Single(new WatermarkSql());
    }

    /// <summary>The position of the log that the snapshot includes.</summary>
    public long Watermark { get; }

    /// <summary>The position that the log had come to when the question was asked.</summary>
    public long Head { get; }

    /// <summary>All rows of a query.</summary>
    public List<T> List<T>(ISqlQuery<T> query)
    {
        var rows = new List<T>();
        Read(query, rows.Add, streaming: false);
        return rows;
    }

    /// <summary>Each row of a query as it comes; the answer as a whole is never in memory.</summary>
    public void ForEach<T>(ISqlQuery<T> query, Action<T> use) => Read(query, use, streaming: true);

    /// <summary>The only row of a query.</summary>
    public T Single<T>(ISqlQuery<T> query) => List(query).Single();

    public void Dispose() => _transaction.Dispose();

    private void Read<T>(ISqlQuery<T> query, Action<T> use, bool streaming)
    {
        var sql = new Sql();
        query.Write(sql);
        using var command = _connection.CreateCommand();
        command.UseStreamingMode = streaming;
        sql.Fill(command);
        using var cancel = _cancellationToken.UnsafeRegister(static state => ((DuckDBCommand)state!).Cancel(), command);
        try
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                use(query.Read(reader));
            }
        }
        catch (DuckDBException) when (_cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(_cancellationToken);
        }
    }

    private readonly record struct WatermarkSql : ISqlQuery<long>
    {
        public void Write(Sql sql) => sql.Append($"SELECT watermark FROM meta");

        public long Read(DbDataReader row) => row.GetInt64(0);
    }
}
