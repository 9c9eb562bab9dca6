using Actors.Tracing;
using Actors.Web.Components.Controls;
using Actors.Web.Components.Controls.Chat;
using Actors.Web.Components.Controls.Json;
using Actors.Web.Model;
using static Actors.Components.Sample;

namespace Actors.Components;

public sealed class ControlTests : ComponentTest
{
    [Fact]
    public void A_tile_shows_value_unit_change_and_course()
    {
        var tile = Render<Tile>(p => p
            .Add(t => t.Label, "p95 latency").Add(t => t.Key, "latency")
            .Add(t => t.Value, new Quantity("1,257", "ms")).Add(t => t.Delta, new Delta("−6.2%", "good"))
            .Add(t => t.Points, [1, 2, 3]));

        Assert.Equal("1,257ms", tile.Find(".value").TextContent);
        Assert.Equal("−6.2%", tile.Find(".delta.good").TextContent);
        Assert.NotEmpty(tile.Find("path.line").GetAttribute("d")!);
        Assert.Equal("p95 latency", tile.Find("section").GetAttribute("aria-label"));
    }

    [Theory]
    [InlineData(ObservationLevel.Error, false, "Error", "err")]
    [InlineData(ObservationLevel.Warning, false, "Warn", "warn")]
    [InlineData(ObservationLevel.Default, false, "OK", "ok")]
    [InlineData(ObservationLevel.Error, true, "Running", "run")]
    public void Status_is_a_word_as_well_as_a_colour(ObservationLevel level, bool running, string text, string tone)
    {
        var pill = Render<LevelPill>(p => p.Add(l => l.Level, level).Add(l => l.Running, running)).Find(".pill");

        Assert.Equal(text, pill.TextContent);
        Assert.Contains(tone, pill.ClassList);
    }

    [Fact]
    public void A_snippet_names_what_its_button_copies()
    {
        var snippet = Render<CodeSnippet>(p => p.Add(s => s.Code, "curl <x>"));

        var target = snippet.Find("button").GetAttribute("data-copy");
        Assert.Equal("curl <x>", snippet.Find($"#{target}").TextContent);
    }

    [Fact]
    public void An_empty_place_says_what_it_is_and_that_it_waits()
    {
        var empty = Render<EmptyState>(p => p.Add(e => e.Title, "Traces").Add(e => e.Text, "None yet.").Add(e => e.Waiting, "Waiting…"));

        Assert.Equal("Traces", empty.Find("h2").TextContent);
        Assert.Equal("Waiting…", empty.Find("[role=status]").TextContent);
    }

    [Fact]
    public void A_chat_shows_messages_and_marks_the_answer()
    {
        var chat = Render<ChatView>(p => p
            .Add(c => c.Input, """[{"role":"system","content":"be **kind**"},{"role":"user","content":"hi"}]""")
            .Add(c => c.Output, "\"hello\"").Add(c => c.AnswerNote, "611 tok"));

        Assert.Equal(["system", "user", "assistant"], chat.FindAll(".msg > header > span:first-child").Select(e => e.TextContent));
        Assert.Equal("kind", chat.Find(".md strong").TextContent);
        Assert.Equal("611 tok", Assert.Single(chat.FindAll(".end")).TextContent);
    }

    [Fact]
    public void What_is_no_chat_is_shown_as_json()
    {
        var chat = Render<ChatView>(p => p.Add(c => c.Input, """{"query":"x"}""").Add(c => c.Output, """{"hits":[]}"""));

        Assert.Empty(chat.FindAll(".msg"));
        Assert.Equal(2, chat.FindAll("[role=tree]").Count);
    }

    [Fact]
    public void A_running_call_waits_for_its_answer() =>
        Assert.Contains("Waiting for the answer", Render<ChatView>(p => p.Add(c => c.Input, "\"hi\"").Add(c => c.Running, true)).Markup);

    [Fact]
    public void A_long_conversation_shows_its_end_first()
    {
        var messages = string.Join(',', Enumerable.Range(0, 130).Select(i => $$"""{"role":"user","content":"m{{i}}"}"""));
        var chat = Render<ChatView>(p => p.Add(c => c.Input, $"[{messages}]"));

        Assert.Equal(60, chat.FindAll(".msg").Count);
        chat.Find("button").Click();
        chat.Find("button").Click();

        Assert.Equal(130, chat.FindAll(".msg").Count);
        Assert.Empty(chat.FindAll("button"));
    }

    [Fact]
    public void A_picture_is_told_and_never_loaded()
    {
        var chat = Render<ChatView>(p => p.Add(c => c.Input, """[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://evil.example/x.png"}}]}]"""));

        Assert.Empty(chat.FindAll("img"));
        Assert.Contains("Attachment elsewhere, not loaded", chat.Markup);
    }

    [Fact]
    public void Stored_files_are_shown_as_what_they_are()
    {
        Files.Known["p1"] = new MediaFile("/files/p1", "image/png", 14_200, true);
        Files.Known["a1"] = new MediaFile("/files/a1", "audio/mpeg", 900, true);
        Files.Known["d1"] = new MediaFile("/files/d1", "application/pdf", 5_000_000, true);
        Files.Known["s1"] = new MediaFile("/files/s1", "image/svg+xml", 100, false);
        var text = "see " + string.Concat(new[] { "p1", "a1", "d1", "s1", "gone" }.Select(id => $"@@@langfuseMedia:type=image/png|id={id}|source=bytes@@@"));

        var chat = Render<ChatView>(p => p.AddCascadingValue("Project", Project).Add(c => c.Input, System.Text.Json.JsonSerializer.Serialize(text)));

        Assert.Equal("/files/p1", Assert.Single(chat.FindAll("img")).GetAttribute("src"));
        Assert.Equal("/files/a1", chat.Find("audio").GetAttribute("src"));
        Assert.Empty(chat.FindAll("iframe"));
        Assert.Contains("not uploaded", chat.Markup);
        chat.FindAll("button").First(b => b.TextContent == "Show here").Click();
        Assert.Equal("/files/d1", chat.Find("iframe").GetAttribute("src"));
        Assert.Equal("Save", chat.FindAll("figcaption a")[3].TextContent);
    }

    [Fact]
    public void What_the_previous_call_had_is_folded()
    {
        const string asked = """{"role":"user","content":"hi"}""";
        const string answered = """{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"lookup","arguments":"{}"}}]}""";
        var previous = Observation("p", type: ObservationType.Generation) with { Input = $"[{asked}]", Output = answered };
        var chat = Render<ChatView>(p => p
            .Add(c => c.Previous, previous).Add(c => c.PreviousAddress, "/there").Add(c => c.Output, "\"done\"")
            .Add(c => c.Input, $$"""[{{asked}},{{answered}},{"role":"tool","tool_call_id":"c1","content":"42"}]"""));

        Assert.Equal(["tool", "assistant"], Roles());
        Assert.Equal("Show 2 messages of the previous call", chat.Find(".seen button").TextContent);
        chat.Find(".seen button").Click();

        // All of it is there now, so the result joins its call.
        Assert.Equal(["user", "assistant", "assistant"], Roles());
        Assert.Contains("42", chat.Find(".answer").TextContent, StringComparison.Ordinal);

        IEnumerable<string> Roles() => chat.FindAll(".msg > header > span:first-child").Select(e => e.TextContent.Split(' ')[0]);
    }

    [Fact]
    public void A_large_document_is_searched_and_says_where_things_are()
    {
        var items = Enumerable.Range(0, 3000).Select(i => (Id: i, Text: i % 1000 == 999 ? "Needle" : "hay")).Select(i => $$"""{"id":{{i.Id}},"text":"{{i.Text}}"}""");
        var json = $$"""{"items":[{{string.Join(',', items)}}]}""";
        var tree = Render<JsonTree>(p => p.Add(t => t.Json, json).Add(t => t.Download, "/raw"));

        tree.Find("input[type=search]").Change("needle");

        Assert.Equal("1 of 3", tree.Find("[role=status]").TextContent);
        Assert.Equal("$.items[999].text", tree.Find("code").TextContent);
        tree.FindAll("button").First(b => b.TextContent == "Previous").Click();
        Assert.Equal("$.items[2999].text", tree.Find("code").TextContent);
        Assert.Equal("Needle", tree.Find("pre[hidden]").TextContent);
        Assert.Equal("/raw", tree.Find("a[download]").GetAttribute("href"));
        Assert.True(tree.FindAll("[role=treeitem]").Count <= 150);
    }

    [Fact]
    public void A_json_tree_folds_by_click_and_by_key()
    {
        var tree = Render<JsonTree>(p => p.Add(t => t.Json, """{"a":[1,2],"b":"x"}"""));
        Assert.Equal(5, tree.FindAll("[role=treeitem]").Count);

        tree.FindAll("[role=treeitem]")[1].Click();
        Assert.Equal(3, tree.FindAll("[role=treeitem]").Count);
        tree.Find("[role=tree]").KeyDown("ArrowRight");
        Assert.Equal(5, tree.FindAll("[role=treeitem]").Count);
        tree.Find("[role=tree]").KeyDown("End");

        Assert.Equal("true", tree.FindAll("[role=treeitem]")[4].GetAttribute("aria-selected"));
    }

    [Fact]
    public void A_large_document_puts_few_lines_on_the_page()
    {
        var tree = Render<JsonTree>(p => p.Add(t => t.Json, $"[{string.Join(',', Enumerable.Range(0, 100_000))}]"));

        Assert.True(tree.FindAll("[role=treeitem]").Count <= 150);
    }

    [Fact]
    public void A_long_string_is_shown_whole_only_when_asked_for()
    {
        var tree = Render<JsonTree>(p => p.Add(t => t.Json, $$"""{"a":"{{new string('x', 100_000)}}"}"""));
        Assert.True(tree.Markup.Length < 5_000);

        tree.FindAll("[role=treeitem]")[1].Click();
        Assert.Empty(tree.FindAll("pre"));
        tree.FindAll("button").First(b => b.TextContent == "Show all 100 KB").Click();

        Assert.Equal(new string('x', 100_000), tree.Find("pre").TextContent);
    }

    [Fact]
    public void Text_that_is_no_json_is_shown_as_it_is() =>
        Assert.Equal("plain <b>", Render<JsonTree>(p => p.Add(t => t.Json, "plain <b>")).Find("pre").TextContent);

    [Fact]
    public void Scores_say_who_gave_them_and_to_what()
    {
        var score = Document(1).Scores[0] with { ObservationId = "o1", Source = ScoreSource.Eval, Comment = "by rubric" };
        var table = Render<ScoreTable>(p => p.Add(t => t.Scores, [score]).Add(t => t.NameOf, id => $"step {id}"));

        Assert.Equal(["helpfulness", "0.92", "evaluator", "step o1", "by rubric", "12:00:00"], table.FindAll("tbody th, tbody td").Select(c => c.TextContent));
    }

    [Fact]
    public void Usage_joins_units_and_cost_with_the_total_last()
    {
        var observation = Observation("o1") with
        {
            Usage = [new("output", 611), new("total", 6241), new("input", 5630)],
            Cost = new ObservationCost { TotalUsd = 0.0231m, Details = [new("input", 0.02m)] },
        };

        var rows = Render<UsageTable>(p => p.Add(t => t.Observation, observation)).FindAll("tbody tr");

        Assert.Equal(["input5,630$0.02", "output611", "total6,241$0.0231"], rows.Select(r => r.TextContent));
    }
}
