using Actors.Access;

namespace Actors.Web.Tests;

/// <summary>Two projects with fixed keys.</summary>
internal sealed class FakeProjects : IProjectDirectory
{
    public static ProjectInfo One { get; } = new(new ProjectId("one"), "Project One", "org", "Organization");

    public static ProjectInfo Two { get; } = new(new ProjectId("two"), "Project Two", "org", "Organization");

    public ValueTask<ProjectInfo?> FindBySecretKeyAsync(string secretKey, CancellationToken cancellationToken) =>
        ValueTask.FromResult(secretKey switch { "sk-lf-1" => One, "sk-lf-2" => Two, _ => null });

    public ValueTask<ProjectInfo?> FindByPublicKeyAsync(string publicKey, CancellationToken cancellationToken) =>
        ValueTask.FromResult(publicKey switch { "pk-lf-1" => One, "pk-lf-2" => Two, _ => null });

    public ValueTask<OrganizationInfo?> FindOrganizationBySecretKeyAsync(string secretKey, CancellationToken cancellationToken) =>
        ValueTask.FromResult(secretKey == "sk-lf-org" ? new OrganizationInfo("org", "Organization") : null);

    public ValueTask<ProjectInfo?> FindAsync(ProjectId project, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ProjectInfo?>(project == One.Id ? One : project == Two.Id ? Two : null);

    public Task<IReadOnlyList<ProjectInfo>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ProjectInfo>>([One, Two]);

    public Task<ProjectInfo> EnsureAsync(ProjectSetup setup, CancellationToken cancellationToken) => throw new NotSupportedException();
}
