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
}
