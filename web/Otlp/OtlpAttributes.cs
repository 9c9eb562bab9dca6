namespace Actors.Web.Otlp;

/// <summary>
/// The attribute names that mean something, one file per convention. This one: the general conventions of OpenTelemetry
/// (semantic conventions 1.38.0), and names that no convention owns but that instrumentations send.
/// </summary>
internal static partial class OtlpAttributes
{
    public const string UserId = "user.id";
    public const string SessionId = "session.id";
    public const string ServiceVersion = "service.version";
    public const string DeploymentEnvironmentName = "deployment.environment.name";

    /// <summary>Until semantic conventions 1.27.</summary>
    public const string DeploymentEnvironment = "deployment.environment";

    public const string SdkLanguage = "telemetry.sdk.language";
    public const string ErrorType = "error.type";

    public const string TagTags = "tag.tags";
    public const string Model = "model";
    public const string ModelConfig = "model_config";
    public const string Input = "input";
    public const string Output = "output";
}
