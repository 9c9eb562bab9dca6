using Microsoft.AspNetCore.Components;

namespace Actors.Web.Components.Controls.Chat;

/// <summary>A picture, sound, video or document of a trace.</summary>
public sealed partial class MediaView(IMediaFiles files) : IDisposable
{
    private const string Pdf = "application/pdf";

    private readonly CancellationTokenSource _gone = new();
    private MediaReference? _shown;
    private MediaFile? _file;
    private bool _missing;
    private bool _open;

    /// <summary>What is shown.</summary>
    [Parameter, EditorRequired]
    public MediaReference Media { get; set; } = null!;

    /// <summary>Whose file it is.</summary>
    [CascadingParameter(Name = "Project")]
    public ProjectId Project { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Media)
            return;
        (_shown, _file, _missing, _open) = (Media, null, false, false);
        if (Media.Id is not { } id)
            return;

        var media = Media;
        try
        {
            var file = await files.FindAsync(Project, id, _gone.Token);
            if (ReferenceEquals(media, _shown))
                (_file, _missing) = (file, file is null);
        }
        catch (OperationCanceledException)
        {
            // The message was left while its file was looked up.
        }
    }
}
