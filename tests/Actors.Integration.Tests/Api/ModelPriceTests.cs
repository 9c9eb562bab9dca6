using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Actors.Integration.Api;

/// <summary>Prices change, history does not: what was stored keeps the cost of its time, whatever is rebuilt or restarted.</summary>
public sealed class ModelPriceTests : IDisposable
{
    private const string Models = "/api/public/models";
    private const string Model = "house-model";

    private readonly ScratchDirectory _data = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Rows_keep_the_cost_of_their_time_through_rebuild_and_restart()
    {
        var start = new SiloStart { DataDirectory = _data.Path, Keys = ProjectKeys.New() };
        decimal?[] expected = [null, 0.03m, null, 0.5m];
        await using (var silo = await SiloProcess.StartAsync(start, Cancel))
        {
            await SendAsync(silo.Client, 0);
            var first = await AddAsync(silo.Client, """{"modelName":"house-model","matchPattern":"(?i)^house-model$","inputPrice":0.00001,"outputPrice":0.0002}""");
            await SendAsync(silo.Client, 1);
            await RemoveAsync(silo.Client, first);
            await SendAsync(silo.Client, 2);
            await AddAsync(silo.Client, """{"modelName":"house-model","matchPattern":"house","totalPrice":0.00045454545454545454545454}""");
            await RemoveAsync(silo.Client, await AddAsync(silo.Client, """{"modelName":"house-model","matchPattern":"house","inputPrice":1}"""));
            await SendAsync(silo.Client, 3);

            Assert.Equal(expected, await CostsAsync(silo.Client));
            Assert.Equal(expected, await ListedCostsAsync(silo.Client));
            Assert.Equal(0, await silo.StopAsync());
        }

        foreach (var file in Directory.GetFiles(_data.Path, "*.duckdb*", SearchOption.AllDirectories))
        {
            File.Delete(file);
        }

        await using var again = await SiloProcess.StartAsync(start, Cancel);
        Assert.Equal(expected, await CostsAsync(again.Client));
        Assert.Equal(expected, await Eventually.GetAsync(
            "the rebuilt costs", TimeSpan.FromSeconds(30), () => ListedCostsAsync(again.Client), costs => costs.SequenceEqual(expected), Cancel));
    }

    private static Task<Answer> SendAsync(SiloClient client, int number)
    {
        var at = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        return client.PostBatchAsync(
            [Wire.Event("generation-create", at, new JsonObject
            {
                ["id"] = $"generation-{number}",
                ["traceId"] = $"trace-{number}",
                ["model"] = Model,
                ["startTime"] = Wire.Iso(at),
                ["endTime"] = Wire.Iso(at),
                ["usageDetails"] = new JsonObject { ["input"] = 1_000, ["output"] = 100 },
            })],
            Cancel);
    }

    private static async Task<string> AddAsync(SiloClient client, string json)
    {
        var answer = await client.PostAsync(Models, Encoding.UTF8.GetBytes(json), cancellationToken: Cancel);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
        return (string)answer.Json["id"]!;
    }

    private static async Task RemoveAsync(SiloClient client, string id)
    {
        using var response = await client.Http.DeleteAsync(new Uri($"{Models}/{id}", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<decimal?[]> CostsAsync(SiloClient client)
    {
        var costs = new List<decimal?>();
        for (var i = 0; i < 4; i++)
        {
            var answer = await client.GetAsync($"/api/public/traces/trace-{i}", Cancel);
            costs.Add((decimal?)answer.Json["observations"]![0]!["calculatedTotalCost"]);
        }

        return [.. costs];
    }

    private static async Task<decimal?[]> ListedCostsAsync(SiloClient client)
    {
        var answer = await client.GetAsync("/api/public/observations", Cancel);
        return [.. answer.Json["data"]!.AsArray().OrderBy(o => (string)o!["id"]!, StringComparer.Ordinal).Select(o => (decimal?)o!["calculatedTotalCost"])];
    }
}
