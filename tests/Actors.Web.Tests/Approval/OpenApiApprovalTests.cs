namespace Actors.Web.Tests.Approval;

public sealed class OpenApiApprovalTests
{
    [Fact]
    public async Task The_description_of_the_api_stays_what_clients_were_generated_from()
    {
        await using var server = await ApiServer.StartAsync();
        var (_, document) = await server.GetAsync("/openapi.json");
        Approved.Check("openapi.json", document);
    }
}
