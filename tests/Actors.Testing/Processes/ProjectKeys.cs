using System.Net.Http.Headers;
using System.Text;

namespace Actors.Testing.Processes;

/// <summary>A project and its pair of keys.</summary>
/// <param name="ProjectId">The project.</param>
/// <param name="PublicKey">The public key.</param>
/// <param name="SecretKey">The secret key.</param>
public sealed record ProjectKeys(string ProjectId, string PublicKey, string SecretKey)
{
    /// <summary>Keys that nobody else has.</summary>
    public static ProjectKeys New(string projectId = "test-project") =>
        new(projectId, $"pk-lf-{Guid.NewGuid()}", $"sk-lf-{Guid.NewGuid()}");

    /// <summary>Basic authentication with both keys.</summary>
    public AuthenticationHeaderValue Authorization =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{PublicKey}:{SecretKey}")));

    /// <summary>The variables that make a server start with this project.</summary>
    public IReadOnlyDictionary<string, string?> ServerVariables => new Dictionary<string, string?>
    {
        ["LANGFUSE_INIT_ORG_ID"] = "test-organization",
        ["LANGFUSE_INIT_ORG_NAME"] = "Test organization",
        ["LANGFUSE_INIT_PROJECT_ID"] = ProjectId,
        ["LANGFUSE_INIT_PROJECT_NAME"] = "Test project",
        ["LANGFUSE_INIT_PROJECT_PUBLIC_KEY"] = PublicKey,
        ["LANGFUSE_INIT_PROJECT_SECRET_KEY"] = SecretKey,
    };
}
