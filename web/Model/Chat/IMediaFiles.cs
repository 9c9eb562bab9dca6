namespace Actors.Web.Model.Chat;

/// <summary>Finds the stored files of a project for its pages.</summary>
public interface IMediaFiles
{
    /// <summary>A file that can be read now; null: there is none, or it has not been uploaded.</summary>
    Task<MediaFile?> FindAsync(ProjectId project, string mediaId, CancellationToken cancellationToken);
}

/// <summary>A file that can be read for a while by anybody who has its address.</summary>
/// <param name="Address">A path of this server.</param>
/// <param name="Type">The MIME type it is served with.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="IsShown">Whether a browser may show it in place; else it is saved.</param>
public sealed record MediaFile(string Address, string Type, long Length, bool IsShown);
