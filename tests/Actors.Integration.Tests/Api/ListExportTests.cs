using System.Net;
using System.Text.Json.Nodes;

namespace Actors.Integration.Api;

/// <summary>The lists of the pages as files over real HTTP.</summary>
public sealed class ListExportTests(RunningSilo running)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Path => $"/p/{running.Keys.ProjectId}/export";

    [Fact]
    public async Task The_file_is_the_list_that_the_address_means()
    {
        var name = NewIds.For("export");
        await SendAsync(name, 5);

        using var response = await GetAsync($"traces?format=jsonl&f=name:{name}&sort=time");

        var lines = (await response.Content.ReadAsStringAsync(Cancel)).TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(Enumerable.Range(0, 5).Select(n => $"{name}-{n}"), lines.Select(line => (string)line["id"]!));
        Assert.Equal("5", response.Headers.GetValues("X-Actors-Rows").Single());
        Assert.Equal("false", response.Headers.GetValues("X-Actors-Cut").Single());
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Matches("^\"?traces-[0-9]{8}-[0-9]{6}\\.jsonl\"?$", response.Content.Headers.ContentDisposition.FileName!);
    }

    [Theory]
    [InlineData("csv", "text/csv", "id,trace_id,")]
    [InlineData("jsonl", "application/x-ndjson", "{\"id\":")]
    [InlineData("parquet", "application/vnd.apache.parquet", "PAR1")]
    public async Task A_file_comes_in_every_form(string format, string mediaType, string begin)
    {
        var name = NewIds.For("forms");
        await SendAsync(name, 1);

        using var response = await GetAsync($"observations?format={format}&f=traceName:{name}");

        Assert.Equal(mediaType, response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith(begin, await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chosen_rows_are_exported_whenever_they_were()
    {
        var name = NewIds.For("chosen");
        await SendAsync(name, 3, age: TimeSpan.FromDays(3));

        using var traces = await PostAsync("traces?format=csv", $"{name}-0", $"{name}-2");
        Assert.Equal("2", traces.Headers.GetValues("X-Actors-Rows").Single());

        var trace = $"{name}-1";
        using var observations = await PostAsync("observations?format=csv", $"{trace.Length}.{trace}{trace}-s");
        Assert.Contains($"{trace}-s,{trace},", await observations.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal("1", observations.Headers.GetValues("X-Actors-Rows").Single());
    }

    [Theory]
    [InlineData("traces?format=xml", HttpStatusCode.BadRequest, "format")]
    [InlineData("traces", HttpStatusCode.BadRequest, "format")]
    [InlineData("traces?format=csv&f=level:LOUD", HttpStatusCode.BadRequest, "level is one of")]
    [InlineData("shoes?format=csv", HttpStatusCode.NotFound, "no such list")]
    public async Task What_makes_no_sense_is_refused(string query, HttpStatusCode status, string said)
    {
        using var response = await running.Client.Http.GetAsync(new Uri($"{Path}/{query}", UriKind.Relative), Cancel);

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(said, await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_that_is_none_and_rows_that_are_none_are_refused()
    {
        using var unknown = await running.Client.Http.GetAsync(new Uri("/p/no-such-project/export/traces?format=csv", UriKind.Relative), Cancel);
        using var empty = await running.Client.Http.PostAsync(new Uri($"{Path}/traces?format=csv", UriKind.Relative), new FormUrlEncodedContent([]), Cancel);
        using var noForm = await running.Client.Http.PostAsync(new Uri($"{Path}/traces?format=csv", UriKind.Relative), new StringContent("x"), Cancel);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (unknown.StatusCode, empty.StatusCode, noForm.StatusCode));
    }

    private async Task<HttpResponseMessage> GetAsync(string query)
    {
        var response = await running.Client.Http.GetAsync(new Uri($"{Path}/{query}", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response;
    }

    private async Task<HttpResponseMessage> PostAsync(string query, params string[] ids)
    {
        using var form = new FormUrlEncodedContent(ids.Select(id => KeyValuePair.Create("id", id)));
        var response = await running.Client.Http.PostAsync(new Uri($"{Path}/{query}", UriKind.Relative), form, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response;
    }

    private async Task SendAsync(string name, int count, TimeSpan age = default)
    {
        var now = TimeProvider.System.GetUtcNow() - age;
        var events = Enumerable.Range(0, count).SelectMany(n => new[]
        {
            Wire.Trace($"{name}-{n}", now.AddMilliseconds(n), name), Wire.Span($"{name}-{n}-s", $"{name}-{n}", now.AddMilliseconds(n)),
        });
        var answer = await running.Client.PostBatchAsync([.. events], Cancel);
        Assert.True(answer.Status == HttpStatusCode.MultiStatus && answer.Errors.Count == 0, answer.ToString());
    }
}
