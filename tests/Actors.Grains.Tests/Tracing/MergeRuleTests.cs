using Actors.Testing;
using Actors.Tracing;
using Xunit;

namespace Actors.Grains.Tests.Tracing;

/// <summary>Each merge rule of the ingestion API, one story each.</summary>
public class MergeRuleTests
{
    public static TheoryData<string, string> Scalars { get; } = new()
    {
        { nameof(ObservationRecord.Name), "later" },
        { nameof(ObservationRecord.Model), "later" },
        { nameof(ObservationRecord.StatusMessage), "later" },
        { nameof(ObservationRecord.Version), "later" },
        { nameof(ObservationRecord.ParentObservationId), "later" },
        { nameof(ObservationRecord.PromptName), "later" },
        { nameof(ObservationRecord.PromptVersion), "2" },
        { nameof(ObservationRecord.Level), "Error" },
        { nameof(ObservationRecord.EndTime), EventScript.Second(9).ToString(null, System.Globalization.CultureInfo.InvariantCulture) },
        { nameof(ObservationRecord.CompletionStartTime), EventScript.Second(8).ToString(null, System.Globalization.CultureInfo.InvariantCulture) },
        { nameof(ObservationRecord.ModelParameters), "{\"temperature\":1}" },
    };

    [Theory, MemberData(nameof(Scalars))]
    public void The_last_that_was_said_stands_and_silence_changes_nothing(string field, string expected)
    {
        var script = new EventScript()
            .At(0).Generation("g", g => g with
            {
                Name = "earlier", Model = "earlier", StatusMessage = "earlier", Version = "earlier", ParentObservationId = "earlier",
                PromptName = "earlier", PromptVersion = 1, Level = ObservationLevel.Debug, EndTime = EventScript.Second(2),
                CompletionStartTime = EventScript.Second(1), ModelParameters = "{}",
            })
            .At(1).Update("g", g => g with
            {
                Name = "later", Model = "later", StatusMessage = "later", Version = "later", ParentObservationId = "later",
                PromptName = "later", PromptVersion = 2, Level = ObservationLevel.Error, EndTime = EventScript.Second(9),
                CompletionStartTime = EventScript.Second(8), ModelParameters = "{\"temperature\":1}",
            })
            .At(2).Update("g");

        Assert.Equal(expected, Value(One(script), field));
    }

    [Fact]
    public void What_is_said_of_an_experiment_is_merged_field_by_field()
    {
        var script = new EventScript()
            .At(0).Span("g", s => s with { IsAppRoot = true, Experiment = new() { Id = "e", ItemId = "i", ItemExpectedOutput = "1" } })
            .At(1).Update("g", s => s with { Experiment = new() { ItemId = "j", Metadata = "{}" } })
            .At(2).Update("g");

        var g = One(script);
        Assert.Equal(new ExperimentLink { Id = "e", ItemId = "j", Metadata = "{}", ItemExpectedOutput = "1" }, g.Experiment);
        Assert.True(g.IsAppRoot);
    }

    [Fact]
    public void Null_clears_what_may_be_cleared_of_an_observation()
    {
        var script = new EventScript()
            .At(0).Generation("g", g => g with { Name = "n", Model = "m", Level = ObservationLevel.Error, StatusMessage = "s", Version = "1", ParentObservationId = "p" })
            .At(1).Update("g", g => g with { Cleared = ClearedFields.Name | ClearedFields.Model | ClearedFields.Level });

        var g = One(script);
        Assert.Equal((null, null, ObservationLevel.Default), (g.Name, g.Model, g.Level));
        Assert.Equal(("s", "1", "p"), (g.StatusMessage, g.Version, g.ParentObservationId));
    }

    [Fact]
    public void Null_clears_what_may_be_cleared_of_a_trace()
    {
        var all = ClearedFields.Name | ClearedFields.UserId | ClearedFields.SessionId | ClearedFields.Release | ClearedFields.Version;
        var script = new EventScript()
            .At(0).Trace(t => t with { Name = "n", UserId = "u", SessionId = "s", Release = "r", Version = "v", Public = true, Environment = "e" })
            .At(1).Trace(t => t with { Cleared = all });

        var trace = Folded.Of(script).Trace!;
        Assert.Equal((null, null, null, null, null), (trace.Name, trace.UserId, trace.SessionId, trace.Release, trace.Version));
        Assert.True(trace.Public);
        Assert.Equal("e", trace.Environment);
    }

    [Fact]
    public void What_is_said_after_null_stands_again()
    {
        var script = new EventScript()
            .At(0).Trace(t => t with { Name = "first" })
            .At(1).Trace(t => t with { Cleared = ClearedFields.Name })
            .At(2).Trace(t => t with { Name = "third" });

        Assert.Equal("third", Folded.Of(script).Trace!.Name);
    }

    [Fact]
    public void Immutable_fields_keep_the_first_that_was_said()
    {
        var script = new EventScript()
            .At(1).Trace(t => t with { StartedAt = EventScript.Second(1), Environment = "first" })
            .At(2).Trace(t => t with { StartedAt = EventScript.Second(2), Environment = "second" })
            .At(1).Span("s")
            .At(2).Update("s", s => s with { StartTime = EventScript.Second(0.5), Environment = "first" })
            .At(3).Update("s", s => s with { StartTime = EventScript.Second(3), Environment = "second" });

        var folded = Folded.Of(script);
        Assert.Equal((EventScript.Second(1), "first"), (folded.Trace!.Timestamp, folded.Trace.Environment));
        Assert.Equal((EventScript.Second(0.5), "first"), (folded.Observations[0].StartTime, folded.Observations[0].Environment));
    }

    [Fact]
    public void The_order_is_that_of_the_envelopes_and_not_of_arrival()
    {
        var script = new EventScript()
            .At(5).Update("g", g => g with { Name = "latest" })
            .At(1).Generation("g", g => g with { Name = "earliest" });

        Assert.Equal("latest", One(script).Name);
    }

    [Fact]
    public void At_equal_times_a_create_comes_first()
    {
        var script = new EventScript()
            .At(1).WithId("a").Update("g", g => g with { Name = "update" })
            .At(1).WithId("b").Generation("g", g => g with { Name = "create" });

        Assert.Equal("update", One(script).Name);
    }

    [Fact]
    public void Of_two_updates_within_one_millisecond_the_later_in_its_request_stands()
    {
        var script = new EventScript()
            .At(1).WithId("z").Update("g", g => g with { Name = "said first", Sequence = 0 })
            .At(1).WithId("a").Update("g", g => g with { Name = "said second", Sequence = 1 });

        Assert.Equal("said second", One(script).Name);
    }

    [Fact]
    public void Tags_are_joined_and_sorted()
    {
        var script = new EventScript()
            .At(0).Trace(t => t with { Tags = ["b", "a"] })
            .At(1).Trace()
            .At(2).Trace(t => t with { Tags = ["c", "a"] });

        Assert.Equal(["a", "b", "c"], Folded.Of(script).Trace!.Tags);
    }

    [Fact]
    public void A_person_takes_tags_away_and_a_client_may_say_them_again()
    {
        var script = new EventScript()
            .At(0).Trace(t => t with { Tags = ["b", "a", "c"] })
            .At(1).Trace(t => t with { RemovedTags = ["a", "b", "gone"] })
            .At(2).Trace(t => t with { Tags = ["b"] });

        Assert.Equal(["b", "c"], Folded.Of(script).Trace!.Tags);
    }

    [Fact]
    public void A_mark_stays_until_a_person_takes_it_away()
    {
        var script = new EventScript().At(0).Trace(t => t with { Bookmarked = true }).At(1).Trace(t => t with { Name = "n" });

        Assert.True(Folded.Of(script).Trace!.Bookmarked);
        Assert.False(Folded.Of(script.At(2).Trace(t => t with { Bookmarked = false })).Trace!.Bookmarked);
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"b":2}""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":{"b":1,"c":2}}""", """{"a":{"c":3,"d":4}}""", """{"a":{"b":1,"c":3,"d":4}}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""{"a":1}""", """{"a":null}""", """{"a":null}""")]
    [InlineData("""{"a":null}""", """{"a":{"b":1}}""", """{"a":{"b":1}}""")]
    [InlineData("""{"a":1,"a":2}""", """{"b":1}""", """{"a":2,"b":1}""")]
    [InlineData("""{"b":1}""", """{"a":1,"a":{"c":1}}""", """{"b":1,"a":{"c":1}}""")]
    public void Metadata_is_merged_deeply(string earlier, string later, string expected)
    {
        var script = new EventScript()
            .At(0).Trace(t => t with { Metadata = earlier }).Span("s", s => s with { Metadata = earlier })
            .At(1).Trace(t => t with { Metadata = later }).Update("s", s => s with { Metadata = later });

        var folded = Folded.Of(script);
        Assert.Equal(expected, folded.Trace!.Metadata);
        Assert.Equal(expected, folded.Observations[0].Metadata);
    }

    [Fact]
    public void Metadata_that_cannot_be_merged_is_replaced_and_harms_nothing_else()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 600)) + "1" + new string('}', 600);
        var script = new EventScript()
            .At(0).Trace(t => t with { Name = "kept", Metadata = deep })
            .At(1).Trace(t => t with { Metadata = """{"b":1}""" });

        Assert.Equal(("kept", """{"b":1}"""), (Folded.Of(script).Trace!.Name, Folded.Of(script).Trace!.Metadata));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("0")]
    [InlineData("0.0")]
    [InlineData("-0")]
    [InlineData("false")]
    [InlineData("null")]
    public void An_empty_input_or_output_does_not_replace_one_that_is_known(string empty)
    {
        var script = new EventScript()
            .At(0).Trace(t => t with { Input = "1", Output = "{}" }).Span("s", s => s with { Input = "[]", Output = "\"text\"" })
            .At(1).Trace(t => t with { Input = empty, Output = empty }).Update("s", s => s with { Input = empty, Output = empty });

        var folded = Folded.Of(script);
        Assert.Equal(("1", "{}"), (folded.Trace!.Input, folded.Trace.Output));
        Assert.Equal(("[]", "\"text\""), (folded.Observations[0].Input, folded.Observations[0].Output));
    }

    [Fact]
    public void An_empty_output_stands_while_nothing_else_is_known()
    {
        var script = new EventScript().At(0).Span("s", s => s with { Output = "false" });

        Assert.Equal("false", One(script).Output);
        Assert.Equal("\"text\"", One(script.At(1).Update("s", s => s with { Output = "\"text\"" })).Output);
    }

    [Fact]
    public void Usage_and_cost_are_replaced_whole_by_the_last_that_is_not_empty()
    {
        var script = new EventScript()
            .At(0).Generation("g", g => g with { Usage = [new("input", 1), new("total", 1)], Cost = [new("total", 1)], UsageUnit = "TOKENS" })
            .At(1).Update("g", g => g with { Usage = [new("output", 2), new("total", 2)], Cost = [new("total", 2)] })
            .At(2).Update("g");

        var g = One(script);
        Assert.Equal([new("output", 2), new("total", 2)], g.Usage);
        Assert.Equal(2, g.Cost.TotalUsd);
        Assert.Null(g.UsageUnit);
    }

    [Fact]
    public void Pricing_attributes_of_different_keys_stand_together()
    {
        var script = new EventScript()
            .At(0).Generation("g", g => g with
            {
                Model = "model-a", Usage = [new("input", 1)],
                PricingAttributes = [new(PricingAttributeSource.ModelParameters, "service_tier", "priority")],
            })
            .At(1).Update("g", g => g with { PricingAttributes = [new(PricingAttributeSource.Metadata, "service_tier", "flex")] });

        Assert.Equal("Priority", One(script).Cost.TierName);
        script.At(2).Update("g", g => g with { PricingAttributes = [new(PricingAttributeSource.ModelParameters, "service_tier", "flex")] });
        Assert.Equal("Standard", One(script).Cost.TierName);
    }

    [Fact]
    public void Defaults_stand_in_for_what_nobody_said()
    {
        var folded = Folded.Of(new EventScript().At(3).Trace().At(4).Update("o"));

        Assert.Equal((EventScript.Second(4), "default"), (folded.Trace!.Timestamp, folded.Trace.Environment));
        var o = folded.Observations[0];
        Assert.Equal((EventScript.Second(4), null, ObservationLevel.Default, "default", ObservationType.Span), (o.StartTime, o.EndTime, o.Level, o.Environment, o.Type));
    }

    [Fact]
    public void A_trace_that_did_not_say_when_it_began_keeps_the_time_of_its_first_event()
    {
        var script = new EventScript().At(3).Trace().At(7).Trace(t => t with { Name = "later" });

        Assert.Equal(EventScript.Second(3), Folded.Of(script).Trace!.Timestamp);
        Assert.Equal(EventScript.Second(3), Folded.Incrementally(LogRows.Of(script)).Trace!.Timestamp);
    }

    [Fact]
    public void An_end_before_the_start_is_the_start()
    {
        var script = new EventScript()
            .At(0).Span("s", s => s with { StartTime = EventScript.Second(5), EndTime = EventScript.Second(1) });

        Assert.Equal((EventScript.Second(5), TimeSpan.Zero), (One(script).EndTime, One(script).Latency));
    }

    [Fact]
    public void An_update_of_something_unknown_creates_it()
    {
        var folded = Folded.Of(new EventScript().At(1).Update("g", g => g with { Type = ObservationType.Generation, Name = "n" }));

        Assert.Equal((ObservationType.Generation, "n"), (folded.Observations[0].Type, folded.Observations[0].Name));
        Assert.Equal("trace-1", folded.Trace!.Id);
    }

    [Theory]
    [InlineData(ObservationType.Span, ObservationType.Generation, ObservationType.Generation)]
    [InlineData(ObservationType.Agent, ObservationType.Span, ObservationType.Agent)]
    [InlineData(ObservationType.Generation, null, ObservationType.Generation)]
    [InlineData(null, ObservationType.Tool, ObservationType.Tool)]
    [InlineData(null, null, ObservationType.Span)]
    public void An_update_makes_a_type_more_special_and_never_less(ObservationType? created, ObservationType? updated, ObservationType expected)
    {
        var script = new EventScript().At(0).Create("o", created).At(1).Update("o", o => o with { Type = updated });

        Assert.Equal(expected, One(script).Type);
    }

    [Fact]
    public void The_last_create_says_the_type() =>
        Assert.Equal(ObservationType.Generation, One(new EventScript().At(0).Span("o").At(1).Generation("o")).Type);

    [Fact]
    public void The_cost_is_that_of_the_book_under_which_the_usage_was_said()
    {
        var usage = new EventScript().At(1).Generation("g", g => g with { Model = "model-a", Usage = [new("input", 1000)] });
        var ending = new EventScript().At(2).WithId("end").Update("g", g => g with { EndTime = EventScript.Second(2) });
        Delivery first = new(LogSamples.Noon, 1, usage.Events), second = new(LogSamples.Noon, 2, ending.Events);

        Assert.Equal(1, Folded.Of(LogRows.Of(usage.Stream, [first, second])).Observations[0].Cost.TotalUsd);
        Assert.Equal(1, Folded.Of(LogRows.Of(usage.Stream, [second, first])).Observations[0].Cost.TotalUsd);
        Assert.Equal(10, Folded.Of(LogRows.Of(usage.Stream, [first with { PriceBook = 2 }, second])).Observations[0].Cost.TotalUsd);
    }

    private static ObservationRecord One(EventScript script) => Assert.Single(Folded.Of(script).Observations);

    private static string? Value(ObservationRecord record, string field) =>
        Convert.ToString(typeof(ObservationRecord).GetProperty(field)!.GetValue(record), System.Globalization.CultureInfo.InvariantCulture);
}
