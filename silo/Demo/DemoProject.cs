using Actors.Access;

namespace Actors.Silo.Demo;

/// <summary>The project of the demo traffic: beside the newcomer's own, so that the two never mix.</summary>
internal static class DemoProject
{
    private const string Id = "support-copilot";

    public static ProjectSetup Setup(ProjectSetup first)
    {
        // The keys follow from the first project's, so that they stay the same without another file.
        var suffix = first.SecretKey.GetStableSuffix();
        return new ProjectSetup
        {
            OrganizationId = first.OrganizationId,
            OrganizationName = first.OrganizationName,
            ProjectId = new ProjectId(Id),
            ProjectName = Id,
            PublicKey = $"pk-lf-demo-{suffix}",
            SecretKey = $"sk-lf-demo-{suffix}",
        };
    }

    private static string GetStableSuffix(this string secret) =>
        Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(
            System.Text.Encoding.UTF8.GetBytes(secret), "demo"u8))[..32];
}
