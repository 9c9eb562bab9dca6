using Actors.Comments;
using Actors.Datasets;
using Actors.Live;
using Actors.Queries;
using Actors.Scoring;
using Actors.Tracing;
using Actors.Web.Components.Pages.Sessions;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Components.People;

/// <summary>What can be said of a session and done with it, beside the conversation.</summary>
public sealed class SessionPanelTests : ComponentTest
{
    private readonly PanelStores _stores = new();

    public SessionPanelTests()
    {
        Services.AddSingleton<ICommentStore>(_stores);
        Services.AddSingleton<IScoreConfigStore>(_stores);
        Services.AddSingleton<IScoreRules>(_stores);
        Services.AddSingleton<IDatasetStore>(_stores);
        Services.AddSingleton<IDatasetItemStore>(_stores);
        Grains.Analytics.Turns.Add(Sample.Trace("a") with { SessionId = "talk", Input = "\"Where is my order?\"", Output = "\"On its way.\"" });
        Grains.Analytics.Groups.Add(new TraceGroup { Id = "talk", Traces = 1, Users = ["anna"] });
        Grains.Metrics.Snapshot = new LiveSnapshot { Version = 1, At = Sample.T0 };
    }

    [Fact]
    public async Task A_score_goes_into_the_stream_of_the_session()
    {
        (string Key, ScoreEvent Score)? given = null;
        Grains.Trace.OnAppend = (key, append) => given = (key, Assert.IsType<ScoreEvent>(Assert.Single(append.Events)));
        var page = await OpenAsync("e");

        page.Find("input[list=score-names]").Change("solved");
        page.Find(".side select").Change(nameof(ScoreDataType.Boolean));
        await page.Find(".side form").SubmitAsync();

        Assert.EndsWith("s:talk", given!.Value.Key, StringComparison.Ordinal);
        var score = given.Value.Score;
        Assert.Equal(("solved", ScoreDataType.Boolean, 1.0, ScoreSource.Annotation), (score.Name, score.DataType, score.Value, score.Source));
        Assert.Null(score.ConfigId);
    }

    [Fact]
    public async Task A_score_that_its_config_refuses_is_not_given()
    {
        _stores.Configs.Add(new ScoreConfigRecord { Id = "c", Name = "solved", DataType = ScoreDataType.Numeric, MaxValue = 1 });
        Grains.Trace.OnAppend = (_, _) => Assert.Fail("Nothing may be stored.");
        var page = await OpenAsync("e");

        page.Find("input[list=score-names]").Change("solved");
        page.Find(".side input[type=number]").Change("7");
        await page.Find(".side form").SubmitAsync();

        Assert.NotEmpty(page.Find(".side .problem").TextContent);
    }

    [Fact]
    public async Task A_note_is_kept_with_the_session()
    {
        var page = await OpenAsync("e");

        page.Find(".side textarea").Change("Look at **turn 1**.");
        await page.FindAll(".side form")[1].SubmitAsync();

        Assert.Equal((CommentObject.Session, "talk", "Look at **turn 1**."), Assert.Single(_stores.Notes));
        Assert.Equal("turn 1", page.Find(".note strong").TextContent);
    }

    [Fact]
    public async Task The_session_becomes_an_item_of_a_dataset_that_is_made_when_there_is_none()
    {
        var page = await OpenAsync("a");

        page.Find("input[list=dataset-names]").Change("golden");
        await page.Find(".side form").SubmitAsync();

        Assert.Equal(["golden"], _stores.Datasets);
        var item = Assert.Single(_stores.Items);
        Assert.Contains("Where is my order?", item.Input.Value, StringComparison.Ordinal);
        Assert.Contains("On its way.", item.ExpectedOutput.Value, StringComparison.Ordinal);
        Assert.Contains("Added to golden", page.Find(".side [role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_sessions_of_the_same_user_are_offered_to_stand_beside()
    {
        Grains.Analytics.Groups.Add(new TraceGroup { Id = "earlier", Traces = 2, Users = ["anna"] });
        var page = await OpenAsync(null);

        await page.FindAll("button").Single(b => b.TextContent == "Compare").ClickAsync(new());

        Assert.Contains("Other sessions of anna", page.Find(".side").TextContent, StringComparison.Ordinal);
        Assert.EndsWith("?cmp=earlier", page.Find(".side li a").GetAttribute("href"), StringComparison.Ordinal);
    }

    private async Task<IRenderedComponent<SessionPage>> OpenAsync(string? key)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/p/support/sessions/talk");
        var page = Render<SessionPage>(p => p.Add(s => s.Project, "support").Add(s => s.SessionId, "talk"));
        await BeatUntilAsync(page, () => page.FindAll("[data-trace=a]").Count == 1);
        if (key is not null)
            await page.InvokeAsync(() => Shortcuts.RunAsync(key));
        return page;
    }

    private sealed class PanelStores : ICommentStore, IScoreConfigStore, IScoreRules, IDatasetStore, IDatasetItemStore
    {
        public List<ScoreConfigRecord> Configs { get; } = [];

        public List<(CommentObject Type, string Id, string Content)> Notes { get; } = [];

        public List<string> Datasets { get; } = [];

        public List<DatasetItemDraft> Items { get; } = [];

        public Task<string> AddAsync(
            ProjectId project, CommentObject type, string objectId, string content, string? authorUserId, CancellationToken cancellationToken)
        {
            Notes.Add((type, objectId, content));
            return Task.FromResult("n");
        }

        Task<Slice<CommentRecord>> ICommentStore.ListAsync(ProjectId project, CommentListQuery query, CancellationToken cancellationToken) =>
            Task.FromResult(new Slice<CommentRecord>(
                Notes.ConvertAll(n => new CommentRecord
                {
                    Id = n.Content, ObjectType = n.Type, ObjectId = n.Id, Content = n.Content, CreatedAt = Sample.T0, UpdatedAt = Sample.T0,
                }),
                Notes.Count));

        Task<Slice<ScoreConfigRecord>> IScoreConfigStore.ListAsync(ProjectId project, PageRequest page, CancellationToken cancellationToken) =>
            Task.FromResult(new Slice<ScoreConfigRecord>([.. Configs], Configs.Count));

        public ValueTask<ScoreVerdict> CheckAsync(ProjectId project, ScoreEvent score, bool typeIsSaid, CancellationToken cancellationToken) =>
            ValueTask.FromResult(ScoreConfigRules.Apply(Configs.Find(c => c.Id == score.ConfigId), score, typeIsSaid));

        public Task<DatasetOutcome> SaveAsync(ProjectId project, DatasetDraft draft, CancellationToken cancellationToken)
        {
            Datasets.Add(draft.Name);
            return Task.FromResult(new DatasetOutcome(new DatasetRecord { Id = "d", Name = draft.Name, CreatedAt = Sample.T0, UpdatedAt = Sample.T0 }));
        }

        Task<Slice<DatasetRecord>> IDatasetStore.ListAsync(ProjectId project, PageRequest page, CancellationToken cancellationToken) =>
            Task.FromResult(new Slice<DatasetRecord>([], 0));

        public Task<DatasetItemOutcome> SaveAsync(ProjectId project, DatasetItemDraft draft, CancellationToken cancellationToken)
        {
            if (!Datasets.Contains(draft.DatasetName))
                return Task.FromResult(new DatasetItemOutcome(DatasetItemResult.UnknownDataset));
            Items.Add(draft);
            var item = new DatasetItemRecord { Id = "i", DatasetId = "d", DatasetName = draft.DatasetName, CreatedAt = Sample.T0, UpdatedAt = Sample.T0 };
            return Task.FromResult(new DatasetItemOutcome(DatasetItemResult.Saved, item));
        }

        Task<CommentRecord?> ICommentStore.FindAsync(ProjectId project, string commentId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyDictionary<string, ScoreConfigRecord>> FindAsync(
            ProjectId project, IReadOnlyCollection<string> configIds, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ScoreConfigRecord> AddAsync(ProjectId project, ScoreConfigRecord config, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Outcome<ScoreConfigRecord>> ChangeAsync(
            ProjectId project, string configId, ScoreConfigChange change, CancellationToken cancellationToken) => throw new NotSupportedException();

        Task<DatasetRecord?> IDatasetStore.FindAsync(ProjectId project, string name, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<DatasetRecord?> FindByIdAsync(ProjectId project, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<string, DatasetContents>> ListContentsAsync(
            ProjectId project, IReadOnlyList<string> datasetIds, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        Task<DatasetItemRecord?> IDatasetItemStore.FindAsync(ProjectId project, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Slice<DatasetItemRecord>> ListAsync(ProjectId project, DatasetItemQuery query, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<bool> DeleteAsync(ProjectId project, string id, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
