using Actors.Comments;
using Actors.Scoring;
using Actors.Tracing;
using Actors.Web.Components.Pages.Share;
using Actors.Web.Components.Pages.Trace.Actions;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using static Actors.Components.Sample;
using TracePage = Actors.Web.Components.Pages.Trace.TracePage;

namespace Actors.Components;

public sealed class TraceActionTests : ComponentTest
{
    private readonly ObservationRecord _generation = Observation("g", type: ObservationType.Generation) with { Input = "\"asked\"", Output = "\"answered\"" };

    public TraceActionTests()
    {
        Stores.Configs.Add(new ScoreConfigRecord
        {
            Id = "tone", Name = "tone", DataType = ScoreDataType.Categorical, Categories = [new("good", 1), new("bad", 0)],
        });
        Stores.Configs.Add(new ScoreConfigRecord { Id = "depth", Name = "depth", DataType = ScoreDataType.Numeric, MinValue = 0, MaxValue = 5 });
        Grains.Trace.Document = Document(1, _generation);
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private IRenderedComponent<TracePage> RenderPage(string query = "")
    {
        Navigation.NavigateTo("/p/support/traces/t1" + query);
        var page = Render<TracePage>(p => p.Add(t => t.Project, "support").Add(t => t.TraceId, "t1"));
        page.WaitForElement(".split");
        return page;
    }

    private static void Press(IRenderedComponent<TracePage> page, TraceAction action) => page.Find($"[data-act={action}]").Click();

    [Fact]
    public async Task A_span_is_scored_with_the_keyboard_alone()
    {
        var page = RenderPage("?span=g");

        await page.InvokeAsync(() => Shortcuts.RunAsync("e"));
        var choice = page.WaitForElement(".act select");
        choice.Change("depth");
        page.Find(".act input[type=number]").Change("4");
        page.Find(".act .wide input").Change("nearly");
        page.Find(".act form").Submit();

        page.WaitForElement(".detail > .notice");
        var score = Assert.IsType<ScoreEvent>(Assert.Single(Grains.Trace.Events));
        Assert.Equal(("depth", 4.0, "g", ScoreSource.Annotation, "nearly"), (score.Name, score.Value, score.ObservationId, score.Source, score.Comment));
        Assert.Equal("production", score.Environment);
        Assert.Empty(page.FindAll(".act"));
    }

    [Fact]
    public void A_score_that_breaks_its_config_is_refused_in_the_form()
    {
        var page = RenderPage();

        Press(page, TraceAction.Score);
        page.WaitForElement(".act select").Change("depth");
        page.Find(".act input[type=number]").Change("9");
        page.Find(".act form").Submit();

        Assert.Equal("The score config 'depth' wants at most 5", page.Find(".act .problem").TextContent);
        Assert.Empty(Grains.Trace.Events);
    }

    [Fact]
    public void A_score_of_a_person_is_changed_and_taken_back()
    {
        Grains.Trace.Document = Document(1, _generation) with
        {
            Scores = [new ScoreRecord { Id = "mine", TraceId = "t1", Name = "tone", ConfigId = "tone", DataType = ScoreDataType.Categorical, StringValue = "bad", Source = ScoreSource.Annotation, Environment = "default", Timestamp = T0 }],
        };
        var page = RenderPage();

        Press(page, TraceAction.Score);
        page.WaitForElement(".given");
        page.FindAll(".act select")[1].Change("good");
        page.Find(".act form").Submit();
        var score = Assert.IsType<ScoreEvent>(Assert.Single(Grains.Trace.Events));
        Assert.Equal(("mine", "good"), (score.ScoreId, score.StringValue));

        Press(page, TraceAction.Score);
        page.WaitForElement(".given button").Click();
        Assert.Equal(["mine"], Grains.Trace.Deleted);
    }

    [Fact]
    public void Without_a_config_one_is_made_on_the_spot()
    {
        Stores.Configs.Clear();
        var page = RenderPage();

        Press(page, TraceAction.Score);
        page.WaitForElement(".act input").Change("on topic?");
        page.FindAll(".act button").First(b => b.TextContent == "Add").Click();
        Assert.NotEmpty(page.Find(".act .problem").TextContent);
        page.Find(".act input").Change("on topic");
        page.FindAll(".act select")[1].Change(nameof(ScoreDataType.Boolean));
        page.FindAll(".act button").First(b => b.TextContent == "Add").Click();
        page.Find(".act form").Submit();

        var score = Assert.IsType<ScoreEvent>(Assert.Single(Grains.Trace.Events));
        Assert.Equal(("on topic", 1.0), (score.Name, score.Value));
    }

    [Fact]
    public void A_correction_is_a_score_named_output_and_is_shown_against_the_output()
    {
        var page = RenderPage("?span=g");

        Press(page, TraceAction.Correct);
        Assert.Equal("answered", page.Find(".act textarea").GetAttribute("value"));
        page.Find(".act textarea").Change("answered well");
        page.Find(".act form").Submit();
        var score = Assert.IsType<ScoreEvent>(Assert.Single(Grains.Trace.Events));
        Assert.Equal(("output", ScoreDataType.Correction, "answered well", "g"), (score.Name, score.DataType, score.StringValue, score.ObservationId));

        var correction = Render<Correction>(p => p.Add(c => c.Output, "\"answered\"").Add(c => c.Scores, [
            new ScoreRecord { Id = "c", Name = "output", DataType = ScoreDataType.Correction, StringValue = "answered well", Environment = "default", Timestamp = T0 }]));
        Assert.Equal(["− answered\n", "+ answered well\n"], correction.FindAll(".diff span").Select(s => s.TextContent));
    }

    [Fact]
    public void It_goes_into_a_dataset_that_is_made_for_it()
    {
        var page = RenderPage("?span=g");

        Press(page, TraceAction.Dataset);
        page.WaitForElement(".act input").Change("golden");
        page.Find(".act form").Submit();

        Assert.Equal(["golden"], Stores.Datasets);
        var item = Assert.Single(Stores.Items);
        Assert.Equal(("\"asked\"", "\"answered\"", "t1", "g"), (item.Input.Value, item.ExpectedOutput.Value, item.SourceTraceId.Value, item.SourceObservationId.Value));
    }

    [Fact]
    public void It_goes_into_a_queue()
    {
        var page = RenderPage();

        Press(page, TraceAction.Queue);
        page.WaitForElement(".act form").Submit();

        Assert.Equal(["q1 Trace t1 Pending"], Stores.Queued);
    }

    [Fact]
    public async Task Comments_are_written_and_shown_as_safe_markdown()
    {
        var page = RenderPage();

        await page.InvokeAsync(() => Shortcuts.RunAsync("n"));
        page.WaitForElement(".comments textarea").Input("**odd** <script>");
        page.Find(".comments").Submit();

        Assert.EndsWith("?tab=comments", Navigation.Uri);
        Assert.Equal("odd", page.WaitForElement("[data-comment] strong").TextContent);
        Assert.Equal((CommentObject.Trace, "t1"), (Stores.Comments[0].ObjectType, Stores.Comments[0].ObjectId));
    }

    [Fact]
    public void Sharing_is_switched_on_and_off()
    {
        var page = RenderPage();
        Press(page, TraceAction.Share);
        page.Find(".act form").Submit();
        Assert.True(Assert.IsType<TraceEvent>(Grains.Trace.Events[0]).Public);
        Assert.Contains("/share/support/t1", page.Find("p.notice").TextContent, StringComparison.Ordinal);

        Grains.Trace.Document = Grains.Trace.Document! with { Version = 2, Trace = Grains.Trace.Document.Trace! with { Public = true } };
        Press(page, TraceAction.Tags);
        page.Find(".act input").Change("a, b");
        page.Find(".act form").Submit();
        Assert.Equal(["a", "b"], Assert.IsType<TraceEvent>(Grains.Trace.Events[1]).Tags);

        Press(page, TraceAction.Share);
        page.Find(".act form").Submit();
        Assert.False(Assert.IsType<TraceEvent>(Grains.Trace.Events[2]).Public);
    }

    [Fact]
    public void A_bookmark_is_one_click_and_a_tag_can_be_taken_away()
    {
        Grains.Trace.Document = Grains.Trace.Document! with { Trace = Grains.Trace.Document.Trace! with { Bookmarked = true, Tags = ["odd", "slow"] } };
        var page = RenderPage();
        Assert.Equal("true", page.Find("[data-bookmark]").GetAttribute("aria-pressed"));

        page.Find("[data-bookmark]").Click();
        Press(page, TraceAction.Tags);
        page.Find(".act [aria-label='Remove the tag odd']").Click();

        Assert.False(Assert.IsType<TraceEvent>(Grains.Trace.Events[0]).Bookmarked);
        Assert.Equal(["odd"], Assert.IsType<TraceEvent>(Grains.Trace.Events[1]).RemovedTags);
    }

    [Fact]
    public void Deleting_asks_first_and_leads_to_the_list()
    {
        var page = RenderPage("?f=level%3AERROR");
        Press(page, TraceAction.Delete);
        Assert.Contains("cannot be brought back", page.Find(".act").TextContent, StringComparison.Ordinal);
        Assert.Empty(Grains.Trace.Deleted);

        page.Find(".act form").Submit();

        Assert.Equal(["*"], Grains.Trace.Deleted);
        Assert.Equal(["t1", "removal"], Stores.Removals);
        Assert.EndsWith("/p/support/traces?f=level%3AERROR", Navigation.Uri);
    }

    [Fact]
    public void A_failure_is_said_in_the_form_and_escape_closes_it()
    {
        Grains.Trace.Down = true;
        var page = RenderPage();
        Press(page, TraceAction.Share);
        page.Find(".act form").Submit();
        Assert.Equal("It could not be stored now. Try again.", page.Find(".act .problem").TextContent);

        page.Find(".act").KeyDown("Escape");
        Assert.Empty(page.FindAll(".act"));
    }

    [Fact]
    public async Task The_neighbours_in_the_list_are_a_key_away()
    {
        Grains.Analytics.Traces.AddRange([Trace("t1"), Trace("t0", -5)]);
        var page = RenderPage("?span=g&f=level%3AERROR");

        await page.InvokeAsync(() => Shortcuts.RunAsync("J"));

        Assert.EndsWith("/p/support/traces/t0?f=level%3AERROR", Navigation.Uri);
        var query = Grains.Analytics.Queries[^1];
        Assert.Equal((true, T0.AddMilliseconds(1)), (query.Descending, query.To));
    }

    [Fact]
    public void Another_trace_stands_beside_it()
    {
        var page = RenderPage("?cmp=t2");

        var row = page.WaitForElement("[data-pair='step g']");
        row.Click();

        Assert.EndsWith("?span=g&cmp=t2", Navigation.Uri);
        Assert.Equal("step g", page.Find(".detail h2").TextContent);
        Assert.Contains("No difference", page.Find(".detail").TextContent, StringComparison.Ordinal);
        Assert.Equal("/p/support/traces/t1?span=g", page.FindAll(".spans-bar a")[1].GetAttribute("href"));
    }

    [Fact]
    public void A_shared_trace_is_shown_alone_and_one_that_is_not_is_not()
    {
        Assert.Contains("Nothing is shared here", RenderShared().Markup, StringComparison.Ordinal);

        Grains.Trace.Document = Grains.Trace.Document! with { Trace = Grains.Trace.Document.Trace! with { Public = true } };
        var page = RenderShared();
        page.WaitForElement("[data-span=g]").Click();

        Assert.EndsWith("/share/support/t1?span=g", Navigation.Uri);
        Assert.Equal("step g", page.Find(".detail h2").TextContent);
        Assert.Empty(page.FindAll(".acts"));
        Assert.DoesNotContain(page.FindAll("a"), a => a.GetAttribute("href")!.StartsWith("/p/", StringComparison.Ordinal));
        Assert.DoesNotContain("Comments", page.Find(".tabs").TextContent, StringComparison.Ordinal);

        IRenderedComponent<SharePage> RenderShared()
        {
            Navigation.NavigateTo("/share/support/t1");
            return Render<SharePage>(p => p.Add(t => t.Project, "support").Add(t => t.TraceId, "t1"));
        }
    }
}
