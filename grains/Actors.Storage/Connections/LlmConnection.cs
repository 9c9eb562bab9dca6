using Actors.Connections;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Actors.Storage.Connections;

/// <summary>A connection to a provider of models. Its secrets are stored encrypted.</summary>
internal sealed class LlmConnection
{
    public required string Id { get; set; }

    public required string ProjectId { get; set; }

    public required string Provider { get; set; }

    public LlmAdapter Adapter { get; set; }

    public string SecretKey { get; set; } = "";

    public string DisplaySecretKey { get; set; } = "";

    public string? BaseUrl { get; set; }

    public List<string> CustomModels { get; set; } = [];

    public bool WithDefaultModels { get; set; }

    public List<string> ExtraHeaderKeys { get; set; } = [];

    /// <summary>Encrypted JSON: an object of names and values; null: none.</summary>
    public string? ExtraHeaders { get; set; }

    public string? Config { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public LlmConnectionRecord ToRecord() => new()
    {
        Id = Id,
        Provider = Provider,
        Adapter = Adapter,
        DisplaySecretKey = DisplaySecretKey,
        BaseUrl = BaseUrl,
        CustomModels = CustomModels,
        WithDefaultModels = WithDefaultModels,
        ExtraHeaderKeys = ExtraHeaderKeys,
        Config = Config,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };
}

internal sealed class LlmConnectionMap : IEntityTypeConfiguration<LlmConnection>
{
    public void Configure(EntityTypeBuilder<LlmConnection> builder)
    {
        builder.ToTable("llm_connections").HasKey(c => c.Id);
        builder.HasIndex(c => new { c.ProjectId, c.Provider }).IsUnique();
        builder.HasOne<Project>().WithMany().HasForeignKey(c => c.ProjectId).OnDelete(DeleteBehavior.Cascade);
    }
}
