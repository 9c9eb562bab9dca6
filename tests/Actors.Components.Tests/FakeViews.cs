using Actors.Views;

namespace Actors.Components;

/// <summary>Saved views in memory.</summary>
internal sealed class FakeViews : ISavedViewStore
{
    public List<SavedView> All { get; } = [];

    public bool Down { get; set; }

    public Task<IReadOnlyList<SavedView>> ListAsync(ProjectId project, CancellationToken cancellationToken) =>
        Down ? throw new TimeoutException("down") : Task.FromResult<IReadOnlyList<SavedView>>([.. All]);

    public Task<Outcome<SavedView>> AddAsync(ProjectId project, NewSavedView view, CancellationToken cancellationToken)
    {
        if (All.Exists(v => v.Name == view.Name))
            return Task.FromResult<Outcome<SavedView>>(Refusal.Conflict("taken"));
        All.Add(Sample.View($"v{All.Count + 1}", view.Name, view.Query, view.Page));
        return Task.FromResult<Outcome<SavedView>>(All[^1]);
    }

    public Task<Outcome<SavedView>> ChangeAsync(ProjectId project, string viewId, SavedViewChange change, CancellationToken cancellationToken)
    {
        var i = All.FindIndex(v => v.Id == viewId);
        All[i] = All[i] with { Name = change.Name ?? All[i].Name, Query = change.Query ?? All[i].Query, IsDefault = change.IsDefault ?? All[i].IsDefault };
        return Task.FromResult<Outcome<SavedView>>(All[i]);
    }

    public Task<SavedView?> RemoveAsync(ProjectId project, string viewId, CancellationToken cancellationToken)
    {
        var view = All.Find(v => v.Id == viewId);
        All.RemoveAll(v => v.Id == viewId);
        return Task.FromResult(view);
    }
}
