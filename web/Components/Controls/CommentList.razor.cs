using Actors.Comments;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Actors.Web.Components.Controls;

/// <summary>What people said of something, and a place to say more.</summary>
public sealed partial class CommentList : IDisposable
{
    private const int MaxShown = 100;

    private readonly CancellationTokenSource _gone = new();
    private ElementReference _first;
    private IReadOnlyList<CommentRecord> _comments = [];
    private long _total;
    private string _text = "";
    private string? _problem;
    private bool _busy;

    /// <summary>What kind of thing it is.</summary>
    [Parameter, EditorRequired]
    public CommentObject Type { get; set; }

    /// <summary>The id of that thing.</summary>
    [Parameter, EditorRequired]
    public string ObjectId { get; set; } = "";

    /// <summary>Whose it is.</summary>
    [CascadingParameter(Name = "Project")]
    public ProjectId Project { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => TryAsync(ReadAsync, "The comments do not answer.");

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await _first.FocusAsync();
    }

    private Task OnKeyAsync(KeyboardEventArgs e) => e is { Key: "Enter", CtrlKey: true } or { Key: "Enter", MetaKey: true } ? AddAsync() : Task.CompletedTask;

    private async Task AddAsync()
    {
        var text = _text.Trim();
        if (_busy || text.Length == 0)
            return;
        _busy = true;
        await TryAsync(
            async () =>
            {
                await Store.AddAsync(Project, Type, ObjectId, text, null, _gone.Token);
                _text = "";
                await ReadAsync();
            },
            "It could not be stored now. Try again.");
        _busy = false;
    }

    private async Task ReadAsync()
    {
        var page = await Store.ListAsync(Project, new CommentListQuery(new PageRequest(1, MaxShown), Type, ObjectId), _gone.Token);
        (_comments, _total) = (page.Items, page.TotalItems);
    }

    private async Task TryAsync(Func<Task> action, string problem)
    {
        try
        {
            _problem = null;
            await action();
        }
        catch (OperationCanceledException)
        {
            // The page was left meanwhile.
        }
        catch (Exception) when (!_gone.IsCancellationRequested)
        {
            _problem = problem;
        }
    }
}
