using System.Text.Json;
using Actors.Feedback;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Actors.Storage.Feedback;

/// <summary>What a project takes from browsers, when it has said so.</summary>
internal sealed class FeedbackPolicyRow
{
    public required string ProjectId { get; set; }

    /// <summary>JSON: a list of texts.</summary>
    public string AllowedOrigins { get; set; } = "[]";

    public int ScoresPerMinutePerKey { get; set; }

    public int ScoresPerMinutePerAddress { get; set; }

    public void Set(FeedbackPolicy policy)
    {
        AllowedOrigins = JsonSerializer.Serialize(policy.AllowedOrigins.Select(o => o.Text));
        ScoresPerMinutePerKey = policy.ScoresPerMinutePerKey;
        ScoresPerMinutePerAddress = policy.ScoresPerMinutePerAddress;
    }

    public FeedbackPolicy ToPolicy() => new()
    {
        AllowedOrigins = [.. JsonSerializer.Deserialize<List<string>>(AllowedOrigins)!.Select(Parse)],
        ScoresPerMinutePerKey = ScoresPerMinutePerKey,
        ScoresPerMinutePerAddress = ScoresPerMinutePerAddress,
    };

    // Left out, an entry that cannot be read would make a short list shorter, and an empty one allows everybody.
    private static OriginPattern Parse(string text) =>
        OriginPattern.TryParse(text, out var pattern, out var problem) ? pattern : throw new FormatException($"'{text}' is stored as an allowed origin. {problem}");
}

internal sealed class FeedbackPolicyRowMap : IEntityTypeConfiguration<FeedbackPolicyRow>
{
    public void Configure(EntityTypeBuilder<FeedbackPolicyRow> builder)
    {
        builder.ToTable("feedback_policies").HasKey(p => p.ProjectId);
        builder.HasOne<Project>().WithOne().HasForeignKey<FeedbackPolicyRow>(p => p.ProjectId).OnDelete(DeleteBehavior.Cascade);
    }
}
