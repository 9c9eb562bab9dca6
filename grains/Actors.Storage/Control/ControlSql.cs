using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Actors.Storage.Control;

/// <summary>The plain statements that both engines understand: parameters are written <c>@name</c>.</summary>
internal static class ControlSql
{
    /// <summary>Makes a command.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "Every statement is a constant; what callers say is a parameter.")]
    public static DbCommand Command(
        this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>All rows of a query.</summary>
    public static async Task<List<T>> ReadAllAsync<T>(this DbCommand command, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>The text of a column; null for NULL.</summary>
    public static string? Text(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
