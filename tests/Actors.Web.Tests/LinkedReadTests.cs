using System.Text.Json.Nodes;
using Actors.Tracing;

namespace Actors.Web.Tests;

/// <summary>What reads of traces take from the control plane: ids of prompts and numbers of categories.</summary>
public sealed class LinkedReadTests(StoredApi stored) : IClassFixture<StoredApi>
{
    private ApiServer Api => stored.Server;

    [Fact]
    public async Task An_observation_has_the_id_of_the_prompt_that_it_names()
    {
        var prompt = JsonNode.Parse((await Api.PostJsonAsync("/api/public/v2/prompts", """{"name":"used","prompt":"x"}""")).Body)!["id"]!.ToString();
        ObservationRecord[] observations =
        [
            AnObservation("linked") with { PromptName = "used", PromptVersion = 1 },
            AnObservation("deleted") with { PromptName = "used", PromptVersion = 9 },
            AnObservation("none"),
        ];
        Api.Grains.Analytics.Observations.AddRange(observations);
        Api.Grains.Trace("one/t:linked").Document = new StreamDocument(1, ATrace("linked"), observations, []);

        Assert.Equal(prompt, Read((await Api.GetAsync("/api/public/observations/linked")).Body)["promptId"]?.ToString());
        Assert.Null(Read((await Api.GetAsync("/api/public/observations/deleted")).Body)["promptId"]);
        Assert.Equal([prompt, null, null], Ids(Read((await Api.GetAsync("/api/public/observations")).Body)["data"]!));
        Assert.Equal([prompt, null, null], Ids(Read((await Api.GetAsync("/api/public/traces/linked")).Body)["observations"]!));
    }

    [Fact]
    public async Task A_label_has_the_number_of_its_category()
    {
        var config = Read((await Api.PostJsonAsync(
            "/api/public/score-configs",
            """{"name":"c","dataType":"CATEGORICAL","categories":[{"label":"good","value":7.5},{"label":"bad","value":-1}]}""")).Body)["id"]!.ToString();
        ScoreRecord[] scores =
        [
            ALabel("known", "good") with { ConfigId = config }, ALabel("gone", "fair") with { ConfigId = config },
            ALabel("stranger", "good") with { ConfigId = "unknown" }, ALabel("free", "good"),
        ];
        Api.Grains.Trace("one/t:labelled").Document = new StreamDocument(1, ATrace("labelled"), [], scores);

        var answered = Read((await Api.GetAsync("/api/public/traces/labelled")).Body)["scores"]!.AsArray();

        Assert.Equal([7.5, 0, 0, 0], answered.Select(s => s!["value"]!.GetValue<double>()));
        Assert.Equal(["good", "fair", "good", "good"], answered.Select(s => s!["stringValue"]!.ToString()));
    }

    private static JsonNode Read(string json) => JsonNode.Parse(json)!;

    private static IEnumerable<string?> Ids(JsonNode observations) => observations.AsArray().Select(o => o!["promptId"]?.ToString());

    private static TraceRecord ATrace(string id) => new()
    {
        Id = id, Timestamp = DateTimeOffset.UnixEpoch, Environment = "default", Summary = new TraceSummary(),
    };

    private static ObservationRecord AnObservation(string id) => new()
    {
        Id = id, TraceId = "linked", Type = ObservationType.Generation, StartTime = DateTimeOffset.UnixEpoch, Environment = "default",
    };

    private static ScoreRecord ALabel(string id, string label) => new()
    {
        Id = id, Name = "n", DataType = ScoreDataType.Categorical, StringValue = label, TraceId = "labelled", Environment = "default",
        Source = ScoreSource.Api, Timestamp = DateTimeOffset.UnixEpoch,
    };
}
