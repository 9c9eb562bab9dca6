using System.Globalization;
using System.Text.Json.Nodes;
using Actors.Grains.Pricing;
using Actors.Grains.Tracing;
using Actors.Tracing;

namespace Actors.Web.Tests;

/// <summary>
/// What calls cost, as libraries report them. Goal: usage and cost are right from the wire to the record. Method: each case of
/// <c>tests/fixtures/costs</c> goes through the real parsers, the real fold and the current price book. The expected cost is a
/// literal that was worked out from the provider's price page; <c>arithmetic</c> says how, and nothing evaluates it.
/// </summary>
public sealed class CostFixtureTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "fixtures", "costs");

    public static TheoryData<string, string> Cases =>
        [.. Files().SelectMany(f => f.Cases.Select(c => (f.File, (string)c["name"]!)))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_call_costs_what_its_provider_charges(string file, string name)
    {
        var said = Files().Single(f => f.File == file).Cases.Single(c => (string)c["name"]! == name);
        var record = Fold(said);

        var usage = said["usage"]!.AsObject().ToDictionary(u => u.Key, u => (long)u.Value!);
        Assert.Equal(usage.OrderBy(u => u.Key), record.Usage.ToDictionary(u => u.Key, u => u.Units).OrderBy(u => u.Key));
        var cost = said["cost"] is { } text ? decimal.Parse((string)text!, CultureInfo.InvariantCulture) : (decimal?)null;
        Assert.Equal(cost, record.Cost.TotalUsd);
        if (said["tier"] is { } tier)
        {
            Assert.Equal((string)tier!, record.Cost.TierName);
        }
    }

    [Fact]
    public void The_table_is_broad_and_every_case_says_where_its_price_is_from()
    {
        var files = Files();
        var cases = files.SelectMany(f => f.Cases).ToList();
        Assert.True(cases.Count >= 200, $"{cases.Count} cases");
        Assert.True(files.Count >= 10, $"{files.Count} libraries");
        Assert.True(cases.Select(c => (string)c["provider"]!).Distinct().Count() >= 8);
        Assert.All(cases, c =>
        {
            Assert.NotEqual("", (string)c["arithmetic"]!);
            Assert.True(Uri.IsWellFormedUriString((string)c["source"]!, UriKind.Absolute), (string)c["name"]!);
        });
        Assert.Contains(cases, c => c["cost"] is null);
    }

    private static ObservationRecord Fold(JsonNode said)
    {
        var payload = said["payload"]!.AsObject();
        var observation = (string)said["door"]! == "otlp"
            ? SpanSample.Of((string)said["scope"]!, "call", payload.ToJsonString()).Observation()
            : Parsing.One<ObservationEvent>("generation-create", WithId(payload)).Event;
        var fold = new StreamFold(StreamId.ForTrace("trace"), LogText.Without, new ObservationPricing(PriceBooks.Get));
        fold.Load(
        [
            new LogRow
            {
                Stream = fold.Stream,
                Version = 1,
                Position = 1,
                PriceBook = PriceBooks.Current.Version,
                ReceivedAt = Parsing.At,
                Events = [observation],
            },
        ]);
        return Assert.Single(fold.GetObservations());
    }

    private static string WithId(JsonObject payload)
    {
        var body = payload.DeepClone().AsObject();
        body["id"] = "call";
        return body.ToJsonString();
    }

    private static List<(string File, IReadOnlyList<JsonNode> Cases)> Files() =>
    [
        .. Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal).Select(path =>
            (Path.GetFileName(path), (IReadOnlyList<JsonNode>)[.. JsonNode.Parse(File.ReadAllText(path))!["cases"]!.AsArray().Select(c => c!)])),
    ];
}
