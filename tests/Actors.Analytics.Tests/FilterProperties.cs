using Actors.Analytics.Queries;
using Actors.Analytics.Queries.Filtering;
using Actors.Analytics.Schema;
using Actors.Filtering;
using Actors.Testing;
using DuckDB.NET.Data;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Analytics;

/// <summary>
/// Goal: the columns and the matcher in memory mean the same by every filter. Method: random filters over every column and
/// operator are asked of both about the same seeded rows. A failing property prints the seed and the filter.
/// </summary>
public sealed class FilterProperties : IAsyncLifetime
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(400);

    private readonly TestLog _log = new();
    private DuckDBConnection _connection = null!;
    private Truth _truth = null!;

    public async ValueTask InitializeAsync()
    {
        await new Traffic(_log, seed: 11).AppendAsync(160);
        await using (var model = new TestReadModel(_log))
        {
            await model.DumpAsync();
            _connection = new DuckDBConnection($"DataSource={model.File}");
        }

        _connection.Open();
        _truth = await Truth.OfAsync(_log);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Fact]
    public void Traces_are_filtered_as_in_memory() =>
        ForAll(FilterTable.Traces, "traces", _truth.Traces.Select(t => (t.Record.Id, _truth.Row(t.Record))));

    [Fact]
    public void Observations_are_filtered_as_in_memory() =>
        ForAll(FilterTable.Observations, "observations", _truth.Observations.Select(o => (o.Id, _truth.Row(o))));

    [Fact]
    public void Scores_are_filtered_as_in_memory() =>
        ForAll(FilterTable.Scores, "scores", _truth.Scores.Select(s => (s.Id, _truth.Row(s))));

    [Theory]
    [InlineData("traces")]
    [InlineData("observations")]
    [InlineData("scores")]
    public void Every_column_of_a_catalogue_is_in_its_table(string view)
    {
        var table = view == "traces" ? FilterTable.Traces : view == "observations" ? FilterTable.Observations : FilterTable.Scores;

        Assert.All(table.Catalog.Columns.Where(c => c.Type != FilterColumnType.Search), column => Assert.NotNull(table.Find(column.Name)));
    }

    private void ForAll(FilterTable table, string name, IEnumerable<(string Id, IFilterRow Row)> rows)
    {
        var all = rows.ToList();
        Assert.NotEmpty(all);
        Check.One(Config, Prop.ForAll(FilterGen.For(table.Catalog).ToArbitrary(), filter =>
        {
            var expected = all.Where(row => FilterMatcher.Matches(filter, table.Catalog, row.Row)).Select(row => row.Id).Order(StringComparer.Ordinal);
            var actual = Ask(table, name, filter).Order(StringComparer.Ordinal);
            return expected.SequenceEqual(actual).Label(FilterText.Format(table.Catalog, filter));
        }));
    }

    private List<string> Ask(FilterTable table, string name, Filter filter)
    {
        var sql = new Sql();
        sql.Append($"SELECT x.id FROM {new Sql.Fragment(name)} AS x WHERE");
        FilterSql.Write(sql, filter, table, "x");
        using var command = _connection.CreateCommand();
        sql.Fill(command);
        using var reader = command.ExecuteReader();
        var ids = new List<string>();
        while (reader.Read())
        {
            ids.Add(StoredText.Decode(reader.GetString(0)));
        }

        return ids;
    }
}
