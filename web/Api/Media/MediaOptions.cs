using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Actors.Web.Api;

/// <summary>Files that belong to traces and datasets, section <c>Actors:Media</c>.</summary>
public sealed class MediaOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Actors:Media";

    /// <summary>The largest file in bytes. Default and maximum 1 GB; at least 1 KB.</summary>
    [Range(1L << 10, 1_000_000_000L)]
    public long MaxBytes { get; set; } = 1_000_000_000;

    /// <summary>
    /// The most files that are taken out of one OpenTelemetry export; further ones stay in the text of their spans. Default 100;
    /// 0 takes none.
    /// </summary>
    [Range(0, 1_000)]
    public int MaxEmbeddedFiles { get; set; } = 100;

    /// <summary>How long a signed URL serves. Default 1 hour; 1 minute to 7 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan UrlLifetime { get; set; } = TimeSpan.FromHours(1);
}

/// <summary>Checks <see cref="MediaOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class MediaOptionsValidator : IValidateOptions<MediaOptions>;
