using System.Text;
using System.Text.Json;
using Actors.Filtering;
using Actors.Queries;
using Actors.Testing.Processes;
using Actors.Tracing;
using DuckDB.NET.Data;

namespace Actors.Analytics;

/// <summary>What an exported file says against what the log folds to.</summary>
public sealed class ExportTests : IAsyncLifetime
{
    private readonly TestLog _log = new();
    private TestReadModel _model = null!;
    private Truth _truth = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await new Traffic(_log, seed: 5).AppendAsync(260);
        _model = new TestReadModel(_log);
        _truth = await Truth.OfAsync(_log);
    }

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task Every_trace_is_one_line_of_JSON_in_the_order_of_the_list()
    {
        var query = new TraceQuery { OrderBy = TraceOrder.Id, Descending = false, Limit = 3, Offset = 2, TextLimit = 4 };

        var (bytes, rows, isCut) = await ExportAsync(new ExportQuery { Traces = query, Format = ExportFormat.JsonLines });

        var lines = Encoding.UTF8.GetString(bytes).TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var truth = _truth.Traces.Select(t => t.Record).OrderBy(t => t.Id, StringComparer.Ordinal).ToList();
        Assert.Equal((truth.Count, false), (rows, isCut));
        Assert.Equal(truth.Select(t => t.Id), lines.Select(l => l.GetProperty("id").GetString()));
        foreach (var (trace, line) in truth.Zip(lines))
        {
            Assert.Equal(trace.Name, Text(line, "name"));
            Assert.Equal(trace.Timestamp, line.GetProperty("timestamp").GetDateTimeOffset());
            Assert.Equal(trace.Tags, line.GetProperty("tags").EnumerateArray().Select(t => t.GetString()));
            Assert.Equal(trace.Summary.TotalTokens, line.GetProperty("total_tokens").GetInt64());
            Assert.Equal(trace.Summary.CostUsd, line.TryGetProperty("cost_usd", out var cost) ? cost.GetDecimal() : null);
            Assert.Equal(trace.Input is null, !line.TryGetProperty("input", out var input));
            if (trace.Input is not null)
            {
                Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(trace.Input).RootElement, input), trace.Input);
            }
        }
    }

    [Fact]
    public async Task Only_what_the_filter_wants_is_exported()
    {
        var filter = FilterText.Parse(FilterCatalog.Observations, "type:GENERATION").Filter!;

        var (bytes, rows, _) = await ExportAsync(new ExportQuery { Observations = new ObservationQuery { Filter = filter }, Format = ExportFormat.JsonLines });

        Assert.Equal(_truth.Observations.Count(o => o.Type == ObservationType.Generation), rows);
        Assert.All(Encoding.UTF8.GetString(bytes).TrimEnd('\n').Split('\n'), line => Assert.Equal("GENERATION", Text(JsonDocument.Parse(line).RootElement, "type")));
    }

    [Fact]
    public async Task A_table_of_commas_reads_back_and_runs_no_formula()
    {
        await _log.AppendAsync(StreamId.ForTrace("formula"), Traffic.Start, new TraceEvent { EventId = "e1", Timestamp = Traffic.Start, Name = "=1+1,\"x\"\nnext", UserId = "@user" });
        var filter = Filter.Equal("id", "formula");

        var (bytes, rows, _) = await ExportAsync(new ExportQuery { Traces = new TraceQuery { Filter = filter }, Format = ExportFormat.Csv });

        var text = Encoding.UTF8.GetString(bytes);
        Assert.Equal(1, rows);
        Assert.StartsWith("id,timestamp,name,user_id,", text, StringComparison.Ordinal);
        Assert.Contains(",\"'=1+1,\"\"x\"\"\nnext\",'@user,", text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parquet_has_types_and_every_row()
    {
        var (bytes, rows, _) = await ExportAsync(new ExportQuery { Observations = new ObservationQuery(), Format = ExportFormat.Parquet });

        using var folder = new ScratchDirectory();
        var path = Path.Combine(folder.Path, "rows.parquet");
        await File.WriteAllBytesAsync(path, bytes, Token);
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*), sum(cost_usd), sum(total_tokens), min(epoch_us(start_time)), count(input) FROM '{path}'";
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal(_truth.Observations.Count, rows);
        Assert.Equal(rows, reader.GetInt64(0));
        Assert.Equal(_truth.Observations.Sum(o => o.Cost.TotalUsd ?? 0), reader.GetDecimal(1));
        Assert.Equal(_truth.Observations.Sum(o => o.TotalTokens), (long)reader.GetFieldValue<System.Numerics.BigInteger>(2));
        Assert.Equal(_truth.Observations.Min(o => o.StartTime).ToUnixTimeMilliseconds(), reader.GetInt64(3) / 1000);
        Assert.Equal(_truth.Observations.Count(o => o.Input is not null), reader.GetInt64(4));
    }

    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.JsonLines)]
    [InlineData(ExportFormat.Parquet)]
    public async Task Nothing_is_left_behind_when_it_is_read_or_when_the_reader_leaves(ExportFormat format)
    {
        var query = new ExportQuery { Traces = new TraceQuery(), Format = format };
        await ExportAsync(query);
        Assert.Empty(_model.ExportedFiles);

        await foreach (var _ in _model.Analytics.ExportAsync(TestLog.Project, query, Token))
        {
            Assert.Single(_model.ExportedFiles);
            break;
        }

        Assert.Empty(_model.ExportedFiles);
    }

    [Fact]
    public async Task An_export_of_nothing_is_a_file_too()
    {
        var (bytes, rows, isCut) = await ExportAsync(new ExportQuery { Traces = new TraceQuery { Filter = Filter.Nothing }, Format = ExportFormat.Csv });

        Assert.Equal((0, false), (rows, isCut));
        Assert.StartsWith("id,", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    private static string? Text(JsonElement line, string name) => line.TryGetProperty(name, out var value) ? value.GetString() : null;

    private async Task<(byte[] Bytes, int Rows, bool IsCut)> ExportAsync(ExportQuery query)
    {
        using var file = new MemoryStream();
        var (rows, isCut) = (-1, false);
        await foreach (var chunk in _model.Analytics.ExportAsync(TestLog.Project, query, Token))
        {
            (rows, isCut) = (chunk.Rows, chunk.IsCut);
            file.Write(chunk.Bytes);
        }

        return (file.ToArray(), rows, isCut);
    }
}
