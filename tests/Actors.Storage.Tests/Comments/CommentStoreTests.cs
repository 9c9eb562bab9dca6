using Actors.Comments;
using Actors.Storage.Control;
using Actors.Testing;
using Actors.Testing.Postgres;

namespace Actors.Storage.Comments;

public abstract class CommentStoreTests(ControlPlane plane) : ControlTest(plane)
{
    private readonly SteppedClock _clock = new();

    private CommentStore Comments => field ??= new CommentStore(Database, TimeProvider.System);

    [Fact]
    public async Task Comments_are_listed_newest_first_by_object_and_author()
    {
        await AddAsync(CommentObject.Trace, "t1", "first", "ann");
        await AddAsync(CommentObject.Trace, "t2", "second", null);
        await AddAsync(CommentObject.Session, "t1", "third", "ann");

        Assert.Equal("third,second,first", await ListAsync(new CommentListQuery(new PageRequest(1, 10))));
        Assert.Equal("first", await ListAsync(new CommentListQuery(new PageRequest(1, 10), CommentObject.Trace, "t1")));
        Assert.Equal("third,first", await ListAsync(new CommentListQuery(new PageRequest(1, 10), AuthorUserId: "ann")));
        Assert.Equal("first", await ListAsync(new CommentListQuery(new PageRequest(3, 1))));
    }

    [Fact]
    public async Task Another_project_sees_nothing()
    {
        var id = await AddAsync(CommentObject.Trace, "t1", "mine", null);

        Assert.NotNull(await Comments.FindAsync(One, id, Ct));
        Assert.Null(await Comments.FindAsync(Two, id, Ct));
        Assert.Equal(0, (await Comments.ListAsync(Two, new CommentListQuery(new PageRequest(1, 10)), Ct)).TotalItems);
    }

    private async Task<string> AddAsync(CommentObject type, string objectId, string content, string? author)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return await Comments.AddAsync(One, type, objectId, content, author, Ct);
    }

    private async Task<string> ListAsync(CommentListQuery query) =>
        string.Join(',', (await Comments.ListAsync(One, query, Ct)).Items.Select(c => c.Content));
}

public sealed class SqliteCommentStoreTests() : CommentStoreTests(new SqliteControlPlane());

public sealed class PostgresCommentStoreTests(PostgresServer server) : CommentStoreTests(new PostgresControlPlane(server));
