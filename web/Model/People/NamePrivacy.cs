using Microsoft.JSInterop;

namespace Actors.Web.Model.People;

/// <summary>Whether this viewer sees the ids of users or pseudonyms. One per circuit; a cookie remembers it.</summary>
public sealed class NamePrivacy(IJSRuntime js)
{
    private const string Script = "./_content/Actors.Web/js/names.js";

    private bool _read;

    /// <summary>Ids are hidden.</summary>
    public bool Hidden { get; private set; }

    /// <summary>Learns what the viewer wanted last. Called before any id is shown, and only in a circuit.</summary>
    public async Task ReadAsync()
    {
        if (_read)
            return;
        await using var module = await js.InvokeAsync<IJSObjectReference>("import", Script);
        Hidden = await module.InvokeAsync<bool>("areHidden");
        _read = true;
    }

    /// <summary>Shows ids that were hidden, or the other way round.</summary>
    public async Task ToggleAsync()
    {
        Hidden = !Hidden;
        await using var module = await js.InvokeAsync<IJSObjectReference>("import", Script);
        await module.InvokeVoidAsync("hide", Hidden);
    }
}
