using System.Net;

namespace Actors.Web.Tests;

public sealed class StoredApiTests(StoredApi stored) : IClassFixture<StoredApi>
{
    [Fact]
    public async Task Both_projects_are_in_the_real_stores()
    {
        var (status, body) = await stored.Server.GetAsync("/api/public/projects");
        Assert.Equal(HttpStatusCode.OK, status);
        Json.AssertEqual(
            """{"data":[{"id":"one","name":"Project One","organization":{"id":"org","name":"Organization"},"metadata":{}}]}""", body);
    }

    [Theory]
    [InlineData("/api/public/v2/datasets", """{"name":"a\u0000b"}""", "name")]
    [InlineData("/api/public/v2/prompts", """{"name":"p","prompt":"x","tags":["a\u0000b"]}""", "tags")]
    [InlineData("/api/public/comments", """{"projectId":"one","objectType":"TRACE","objectId":"t","content":"a\u0000b"}""", "content")]
    public async Task A_text_that_no_database_has_room_for_is_refused_by_name(string path, string body, string field)
    {
        var (status, answer) = await stored.Server.PostJsonAsync(path, body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains($"\"path\":[\"{field}\"]", answer, StringComparison.Ordinal);
        Assert.Contains("null character", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_of_a_dataset_fits_into_an_index()
    {
        var (status, answer) = await stored.Server.PostJsonAsync("/api/public/v2/datasets", $$"""{"name":"{{new string('日', 900)}}"}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("2400 bytes", answer, StringComparison.Ordinal);
    }
}
