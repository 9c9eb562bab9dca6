using System.Linq.Expressions;
using Actors.Comments;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Actors.Storage.Comments;

/// <summary>A comment.</summary>
internal sealed class Comment
{
    public static Expression<Func<Comment, CommentRecord>> Record { get; } = c => new CommentRecord
    {
        Id = c.Id,
        ObjectType = c.ObjectType,
        ObjectId = c.ObjectId,
        Content = c.Content,
        AuthorUserId = c.AuthorUserId,
        CreatedAt = c.CreatedAt,
        UpdatedAt = c.UpdatedAt,
    };

    public required string Id { get; set; }

    public required string ProjectId { get; set; }

    public CommentObject ObjectType { get; set; }

    public required string ObjectId { get; set; }

    public required string Content { get; set; }

    public string? AuthorUserId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class CommentMap : IEntityTypeConfiguration<Comment>
{
    public void Configure(EntityTypeBuilder<Comment> builder)
    {
        builder.ToTable("comments").HasKey(c => c.Id);
        builder.HasIndex(c => new { c.ProjectId, c.ObjectType, c.ObjectId });
        builder.HasIndex(c => new { c.ProjectId, c.CreatedAt });
        builder.HasOne<Project>().WithMany().HasForeignKey(c => c.ProjectId).OnDelete(DeleteBehavior.Cascade);
    }
}
