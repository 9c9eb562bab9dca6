using System.Runtime.CompilerServices;
using System.Text;
using Actors.Analytics.Schema;
using DuckDB.NET.Data;

namespace Actors.Analytics.Queries;

/// <summary>
/// The text of a query with its arguments. Every hole of an interpolated text becomes a bound parameter, so a value cannot
/// become a part of the text; only <see cref="Fragment"/>, made from constants of this assembly, is inserted as it is.
/// </summary>
internal sealed class Sql
{
    private readonly StringBuilder _text = new();
    private readonly List<DuckDBParameter> _parameters = [];

    public Sql Append([InterpolatedStringHandlerArgument("")] Text text)
    {
        _ = text;
        _text.Append('\n');
        return this;
    }

    /// <summary>Puts the text and the parameters into a command.</summary>
    public void Fill(DuckDBCommand command)
    {
        command.CommandText = _text.ToString();
        foreach (var parameter in _parameters)
        {
            command.Parameters.Add(parameter);
        }
    }

    /// <summary>The text with the values in it, for people to read and to run elsewhere.</summary>
    public string ToReadable() => SqlLiterals.Fill(_text.ToString().Trim(), [.. _parameters.Select(p => p.Value)]);

    private void Bind(object? value)
    {
        var name = $"p{_parameters.Count}";
        _parameters.Add(new DuckDBParameter(name, value ?? DBNull.Value));
        _text.Append('$').Append(name);
    }

    /// <summary>A piece of SQL that is a constant of this assembly: a column, an order, a list of columns.</summary>
    internal readonly record struct Fragment(string Text);

    [InterpolatedStringHandler]
    internal readonly struct Text
    {
        private readonly Sql _sql;

        public Text(int literalLength, int formattedCount, Sql sql)
        {
            _ = literalLength + formattedCount;
            _sql = sql;
        }

        public void AppendLiteral(string text) => _sql._text.Append(text);

        public void AppendFormatted(Fragment fragment) => _sql._text.Append(fragment.Text);

        public void AppendFormatted(string? value) => _sql.Bind(StoredText.Encode(value));

        public void AppendFormatted(int value) => _sql.Bind(value);

        public void AppendFormatted(long value) => _sql.Bind(value);

        // Said to be a number with a fraction: DuckDB would round it to the type of a whole number that it is compared with.
        public void AppendFormatted(double value)
        {
            _sql.Bind(value);
            _sql._text.Append("::DOUBLE");
        }

        public void AppendFormatted(DateTimeOffset value) => _sql.Bind(value.UtcDateTime);

        public void AppendFormatted(IEnumerable<string> values) => _sql.Bind(values.Select(value => StoredText.Encode(value)).ToList());

        public void AppendFormatted(IEnumerable<long> values) => _sql.Bind(values.ToList());

        public void AppendFormatted(IEnumerable<int> values) => _sql.Bind(values.ToList());

        public void AppendFormatted(IEnumerable<double> values) => _sql.Bind(values.ToList());
    }
}
