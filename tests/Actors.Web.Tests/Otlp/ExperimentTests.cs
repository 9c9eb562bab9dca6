using Actors.Tracing;

namespace Actors.Web.Tests;

public sealed class ExperimentTests
{
    private const string Attributes = """
        {"langfuse.experiment.id":"e-1","langfuse.experiment.name":"nightly","langfuse.experiment.description":"all items",
         "langfuse.experiment.metadata":"{\"model\":\"small\"}","langfuse.experiment.dataset.id":"d-1",
         "langfuse.experiment.item.id":"i-1","langfuse.experiment.item.version":"2026-01-05T10:00:00.250+00:00",
         "langfuse.experiment.item.metadata":"{\"topic\":\"refunds\"}",
         "langfuse.experiment.item.root_observation_id":"0102030405060708",
         "langfuse.experiment.item.expected_output":"within 14 days","langfuse.internal.is_app_root":true}
        """;

    [Fact]
    public void The_experiment_of_a_span_is_understood()
    {
        var observation = SpanSample.Of("langfuse-sdk", "experiment-item-run", Attributes).Observation();

        Assert.Equal(
            new ExperimentLink
            {
                Id = "e-1",
                Name = "nightly",
                Description = "all items",
                Metadata = """{"model":"small"}""",
                DatasetId = "d-1",
                ItemId = "i-1",
                ItemVersion = new DateTimeOffset(2026, 1, 5, 10, 0, 0, 250, TimeSpan.Zero),
                ItemMetadata = """{"topic":"refunds"}""",
                ItemRootObservationId = "0102030405060708",
                ItemExpectedOutput = "\"within 14 days\"",
            },
            observation.Experiment);
        Assert.True(observation.IsAppRoot);
    }

    [Fact]
    public void Most_spans_have_none()
    {
        var observation = SpanSample.Of("langfuse-sdk", "answer", "{}").Observation();

        Assert.Null(observation.Experiment);
        Assert.Null(observation.IsAppRoot);
    }

    [Theory]
    [InlineData("yesterday", null)]
    [InlineData("1767607200", null)]
    [InlineData("2026-01-05", "2026-01-05T00:00:00Z")]
    [InlineData("2026-01-05T11:00:00+01:00", "2026-01-05T10:00:00Z")]
    public void The_version_of_an_item_must_be_a_date(string said, string? expected)
    {
        var observation = SpanSample
            .Of("langfuse-sdk", "x", $$"""{"langfuse.experiment.id":"e","langfuse.experiment.item.version":"{{said}}"}""")
            .Observation();

        DateTimeOffset? version = expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(version, observation.Experiment!.ItemVersion);
    }
}
