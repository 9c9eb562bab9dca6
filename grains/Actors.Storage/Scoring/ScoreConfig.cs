using System.Text.Json;
using Actors.Scoring;
using Actors.Storage.Control;
using Actors.Tracing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Actors.Storage.Scoring;

/// <summary>A score config.</summary>
internal sealed class ScoreConfig
{
    public required string Id { get; set; }

    public required string ProjectId { get; set; }

    public required string Name { get; set; }

    public ScoreDataType DataType { get; set; }

    public bool IsArchived { get; set; }

    public double? MinValue { get; set; }

    public double? MaxValue { get; set; }

    /// <summary>JSON: a list of labels and values.</summary>
    public string? Categories { get; set; }

    public string? Description { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public ScoreConfigRecord ToRecord() => new()
    {
        Id = Id,
        Name = Name,
        DataType = DataType,
        IsArchived = IsArchived,
        MinValue = MinValue,
        MaxValue = MaxValue,
        Categories = Categories is null ? null : JsonSerializer.Deserialize<List<ScoreCategory>>(Categories),
        Description = Description,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };

    /// <summary>Takes everything from a record but its id and its times.</summary>
    public void Set(ScoreConfigRecord record)
    {
        Name = record.Name;
        DataType = record.DataType;
        IsArchived = record.IsArchived;
        MinValue = record.MinValue;
        MaxValue = record.MaxValue;
        Categories = record.Categories is null ? null : JsonSerializer.Serialize(record.Categories);
        Description = record.Description;
    }
}

internal sealed class ScoreConfigMap : IEntityTypeConfiguration<ScoreConfig>
{
    public void Configure(EntityTypeBuilder<ScoreConfig> builder)
    {
        builder.ToTable("score_configs").HasKey(c => c.Id);
        builder.HasIndex(c => new { c.ProjectId, c.CreatedAt });
        builder.HasOne<Project>().WithMany().HasForeignKey(c => c.ProjectId).OnDelete(DeleteBehavior.Cascade);
    }
}
