using Actors.Queries;
using Actors.Web.Components.Controls.Lists.Actions;
using Microsoft.Extensions.DependencyInjection;
using static Actors.Components.Sample;

namespace Actors.Components;

/// <summary>What is done with the rows that are chosen, and what the dialogs ask before.</summary>
public sealed class RowActionsTests : ComponentTest
{
    private static readonly ChosenRow[] Two = [new("t1", "t1", null, "one"), new("t2", "t2", null, "two")];

    private RowActions Actions => Services.GetRequiredService<RowActions>();

    [Fact]
    public async Task Items_hold_the_texts_of_the_rows_and_where_they_are_from()
    {
        Grains.Analytics.Traces.AddRange([Trace("t1"), Trace("t2")]);

        var result = await Actions.AddToDatasetAsync(Project, "golden", Two, CancellationToken.None);

        Assert.Equal(new RowResult(2), result);
        Assert.Equal(["golden"], Stores.Datasets);
        Assert.Equal(("\"hello\"", "\"world\"", "t1", null), Values(Stores.Items[0]));
        Assert.Null(Grains.Analytics.Queries[0].TextLimit);

        await Actions.AddToDatasetAsync(Project, "golden", Two, CancellationToken.None);
        Assert.Equal(["golden"], Stores.Datasets);
    }

    [Fact]
    public async Task An_item_of_an_observation_names_both()
    {
        Grains.Analytics.Observations.Add(new ObservationLine(Observation("o1") with { Input = "1", Output = "2" }, null));

        await Actions.AddToDatasetAsync(Project, "golden", [new("x", "t1", "o1", "step")], CancellationToken.None);

        Assert.Equal(("1", "2", "t1", "o1"), Values(Stores.Items[0]));
    }

    [Fact]
    public async Task A_row_that_does_not_fit_or_is_gone_keeps_no_other_from_it()
    {
        Grains.Analytics.Traces.AddRange([Trace("t1"), Trace("t2")]);
        Stores.Fits = draft => draft.SourceTraceId.Value == "t1" ? "Input is no object." : null;

        Assert.Equal(new RowResult(1, 1, "Input is no object."), await Actions.AddToDatasetAsync(Project, "golden", Two, CancellationToken.None));
        Assert.Equal(new RowResult(0, 1, "gone one is gone."), await Actions.AddToDatasetAsync(Project, "golden", [new("x", "x", null, "gone one")], CancellationToken.None));
    }

    [Fact]
    public async Task Rows_go_to_a_queue_as_what_they_are()
    {
        Assert.Equal(new RowResult(2), await Actions.AddToQueueAsync(Project, "q1", [Two[0], new("x", "t1", "o1", "step")], CancellationToken.None));
        Assert.Equal(new RowResult(0, 2, "There is no such queue."), await Actions.AddToQueueAsync(Project, "q2", Two, CancellationToken.None));

        Assert.Equal(["q1 Trace t1 Pending", "q1 Observation o1 Pending"], Stores.Queued);
    }

    [Fact]
    public async Task Files_go_with_their_traces_and_stay_while_one_of_them_does()
    {
        Assert.Equal(new RowResult(2), await Actions.DeleteTracesAsync(Project, Two, CancellationToken.None));
        Assert.Equal(["t1", "t2", "removal"], Stores.Removals);

        Grains.Trace.Down = true;
        var result = await Actions.DeleteTracesAsync(Project, Two, CancellationToken.None);
        Assert.Equal((0, 2), (result.Done, result.Failed));
        Assert.Single(Stores.Removals, "removal");
    }

    [Fact]
    public void The_dialog_names_what_goes()
    {
        ChosenRow[] rows = [.. Enumerable.Range(0, 10).Select(n => new ChosenRow($"t{n}", $"t{n}", null, $"name {n}"))];

        var form = Render<ChosenDelete>(p => p.Add(f => f.Project, Project).Add(f => f.Rows, rows));

        Assert.Contains("name 7", form.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("name 8", form.Markup, StringComparison.Ordinal);
        Assert.Contains("and 2 more", form.Markup, StringComparison.Ordinal);
        Assert.Equal("Delete 10", form.Find("button").TextContent);
    }

    [Fact]
    public void A_dataset_is_chosen_or_made()
    {
        Stores.Datasets.Add("golden");
        Grains.Analytics.Traces.AddRange([Trace("t1"), Trace("t2")]);
        RowResult? said = null;
        var form = Render<ChosenToDataset>(p => p.Add(f => f.Project, Project).Add(f => f.Rows, Two).Add(f => f.OnDone, (RowResult r) => said = r));
        Assert.Equal(["golden", ""], form.FindAll("option").Select(o => o.GetAttribute("value")));

        form.Find("select").Change("");
        Assert.True(form.Find("button").HasAttribute("disabled"));
        form.Find("input").Input(" fresh ");
        form.Find("form").Submit();

        Assert.Equal(new RowResult(2), said);
        Assert.Equal(["golden", "fresh"], Stores.Datasets);
        Assert.All(Stores.Items, item => Assert.Equal("fresh", item.DatasetName));
    }

    [Fact]
    public void Without_a_queue_it_is_said_how_to_make_one()
    {
        Stores.Queues.Clear();
        var form = Render<ChosenToQueue>(p => p.Add(f => f.Project, Project).Add(f => f.Rows, Two));

        Assert.Contains("There is no annotation queue yet", form.Markup, StringComparison.Ordinal);
        Assert.True(form.Find("button").HasAttribute("disabled"));
    }

    private static (string? Input, string? Output, string? Trace, string? Observation) Values(Datasets.DatasetItemDraft item) =>
        (item.Input.Value, item.ExpectedOutput.Value, item.SourceTraceId.Value, item.SourceObservationId.Value);
}
