using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Web.Api.OpenApi;

namespace Actors.Web.Tests.Fuzzing;

/// <summary>
/// Goal: no body of any route gets a 5xx, and none harms what is beside it. Method: valid bodies of every route of the
/// OpenAPI document are changed by their structure and in their bytes and sent over HTTP to all of them. A good
/// event, or a good span, of the same request must be stored as it is, and another organization on the same server must look
/// as before and be served as before. The seed is printed; <see cref="FuzzRun"/> says how to replay it.
/// </summary>
public sealed class RouteFuzzTests : IAsyncLifetime
{
    private const int Inputs = 100_000;
    private const int InFlight = 8;

    private static readonly string[] OddIds =
    [
        "x", "%20", "%00", "%0A", "%2F", "%2F..%2F..", "%25", "%252F", "%C3%28", "%ED%A0%80", "%22", "'%3B--", "%F0%9F%A6%9C", "a+b", "*", "~", "null", "-1",
        new string('i', 801), new string('i', 5000),
    ];

    private static readonly IReadOnlyList<ApiOperation> Operations =
        [.. ApiCatalog.Subjects.SelectMany(s => s.Whole).Where(o => o.Fields.Count > 0 || o.TakesFile)];

    // What goes to the log is read by code of its own, and stored many times as fast as what goes to the tables: it gets two of
    // three inputs, so that each route of the tables still gets a thousand.
    private static readonly IReadOnlyList<ApiOperation>[] Shares =
    [
        [.. Operations.Where(IsForTheLog)],
        [.. Operations.Where(o => !IsForTheLog(o))],
    ];

    private ApiServer _server = null!;
    private FuzzWorld _world = null!;
    private FuzzWorld _neighbour = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartWithStoresAsync(("ADMIN_API_KEY", FuzzWorld.AdminKey));
        _world = await FuzzWorld.CreateAsync(_server, "fuzzed");
        _neighbour = await FuzzWorld.CreateAsync(_server, "neighbour");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public void Every_route_that_takes_a_body_has_a_seed() => Assert.Equal(Operations.Select(NameOf).Order(), FuzzSeeds.Bodies.Keys.Order());

    [Fact]
    public Task Every_seed_is_taken() => TakesEverySeedAsync(1);

    [Fact]
    public async Task No_input_of_any_route_gets_a_5xx_or_harms_what_is_beside_it()
    {
        Console.WriteLine($"Fuzzing: seed {FuzzRun.Seed}");
        var before = await _neighbour.ReadAsync();
        var watch = Stopwatch.StartNew();
        var answers = new ConcurrentDictionary<int, int>();
        var inputs = FuzzRun.Times(Inputs);
        await Parallel.ForEachAsync(Enumerable.Range(0, inputs), new ParallelOptions { MaxDegreeOfParallelism = InFlight }, async (number, _) =>
        {
            var share = Shares[number % 3 < 2 ? 0 : 1];
            var status = await TryAsync(share[number / 3 % share.Count], number);
            answers.AddOrUpdate(status, 1, (_, count) => count + 1);
        });

        Console.WriteLine($"Fuzzing: {inputs} inputs over HTTP to {Operations.Count} routes in {watch.Elapsed.TotalSeconds:0} s; "
            + string.Join(", ", answers.OrderBy(a => a.Key).Select(a => $"{a.Value} got {a.Key}")));
        Assert.Equal(before, await _neighbour.ReadAsync());
        Assert.DoesNotContain(_server.Grains.Keys, key => !key.StartsWith(_world.Project + "/", StringComparison.Ordinal));
        await TakesEverySeedAsync(2);
    }

    private async Task TakesEverySeedAsync(int number)
    {
        foreach (var operation in Operations)
        {
            var (status, answer) = await _neighbour.SendAsync(
                operation.Method, _neighbour.Fill(operation.Path, number), Seed(operation, _neighbour.Fill(FuzzSeeds.Bodies[NameOf(operation)], number)), operation.Access!.Value);
            Assert.True(status is >= 200 and < 300 && !answer.Contains("\"errors\":[{", StringComparison.Ordinal), $"{NameOf(operation)}: {status} {answer}");
        }
    }

    private async Task<int> TryAsync(ApiOperation operation, int number)
    {
        var random = FuzzRun.For(number);
        var (path, hasOddId) = PathOf(operation, number, random);
        var (input, canary) = InputOf(operation, number, random);
        var (status, answer) = await _world.SendAsync(operation.Method, path, input, operation.Access!.Value);
        var isRight = status is >= 200 and < 500 and not 429
            && (status is not (401 or 403 or 405) || hasOddId)
            && (answer.Length == 0 || answer[0] != '{' || IsJson(answer))
            && !answer.Contains("\"status\":500", StringComparison.Ordinal)
            && (canary is null || IsUnharmed(canary, input, status));
        if (!isRight)
        {
            Assert.Fail($"Seed {FuzzRun.Seed}, input {number}: {operation.Method} {path} with {input} got {status} {answer}");
        }

        return status;
    }

    private (string Path, bool HasOddId) PathOf(ApiOperation operation, int number, Random random)
    {
        if (!operation.Path.Contains('{', StringComparison.Ordinal) || random.Next(6) > 0)
        {
            return (_world.Fill(operation.Path, number), false);
        }

        var parts = operation.Path.Split('/').Select(part => part.StartsWith('{') && random.Next(2) == 0 ? OddIds[random.Next(OddIds.Length)] : part);
        return (_world.Fill(string.Join('/', parts), number), true);
    }

    private (FuzzInput Input, Canary? Canary) InputOf(ApiOperation operation, int number, Random random)
    {
        var mutator = new JsonMutator(random, [.. operation.Fields.Select(f => f.Name)]);
        if (operation.TakesFile)
        {
            return (Seed(operation, FuzzSeeds.Bodies[NameOf(operation)]).Damage(random), null);
        }

        var isBatch = operation.Path.EndsWith("/ingestion", StringComparison.Ordinal);
        if ((isBatch || operation.Path.EndsWith("/v1/traces", StringComparison.Ordinal)) && random.Next(8) > 0)
        {
            var canary = new Canary(number, isBatch);
            var part = mutator.Mutate(JsonNode.Parse(_world.Fill(isBatch ? FuzzSeeds.Parts.Event : FuzzSeeds.Parts.Span, number))!);
            return canary.Beside(part, random);
        }

        var body = mutator.Mutate(JsonNode.Parse(_world.Fill(FuzzSeeds.Bodies[NameOf(operation)], number))!);
        return (Seed(operation, body).Damage(random), null);
    }

    private bool IsUnharmed(Canary canary, FuzzInput input, int status)
    {
        var stored = _server.Grains.Events($"{_world.Project}/t:{canary.TraceId}");
        return status == 400 ? stored.Count == 0 && canary.MayBeRefused(input) : status is 200 or 207 && canary.IsWhole(stored);
    }

    private static bool IsForTheLog(ApiOperation operation) =>
        operation.Path.Split('/')[^1] is "ingestion" or "traces" or "metrics" or "spans" or "generations" or "events" or "scores";

    private static FuzzInput Seed(ApiOperation operation, string body) => new(Encoding.UTF8.GetBytes(body), operation.TakesFile ? "text/plain" : "application/json");

    private static string NameOf(ApiOperation operation) => $"{operation.Method} {operation.Path}";

    private static bool IsJson(string text)
    {
        try
        {
            using var _ = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
