using System.Globalization;

namespace Actors.Web.Otlp;

/// <summary>Finds the prompt that a generation used (langfuse-semantics §4.2): its name and its version, or neither.</summary>
internal static class PromptLink
{
    public static (string? Name, int? Version) Read(OtlpAttributeSet attributes)
    {
        // The Vercel AI SDK passes on what the application put into its metadata: the whole prompt as JSON.
        var prompt = attributes.Json(OtlpAttributes.AiMetadata + ".langfusePrompt");
        var name = attributes.Text(OtlpAttributes.PromptName, OtlpAttributes.ShortPromptName) ?? JsonPath.Text(prompt, "name");
        var version = attributes.Text(OtlpAttributes.PromptVersion, OtlpAttributes.ShortPromptVersion) ?? JsonPath.Find(prompt, "version");
        return name is not null && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (name, number)
            : (null, null);
    }
}
