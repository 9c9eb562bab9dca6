using Microsoft.Extensions.Options;

namespace Actors.Web;

/// <summary>Where clients reach this server, section <c>Actors</c>.</summary>
public sealed class PublicAddressOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Actors";

    /// <summary>
    /// The address as clients see it, such as <c>https://actors.example.org</c>, with the path below which a proxy serves it.
    /// Default null: the address that each request was sent to.
    /// </summary>
    public string? PublicUrl { get; set; }
}

/// <summary>Checks <see cref="PublicAddressOptions"/> at start.</summary>
internal sealed class PublicAddressOptionsValidator : IValidateOptions<PublicAddressOptions>
{
    public ValidateOptionsResult Validate(string? name, PublicAddressOptions options) =>
        options.PublicUrl is not { Length: > 0 } text
        || (Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", Query: "", Fragment: "" })
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{PublicAddressOptions.Section}:PublicUrl is '{options.PublicUrl}', which is no address. Set it to one like https://actors.example.org or remove it.");
}
