using System.Data.Common;
using Actors.Storage.Control;
using Actors.Views;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Views;

/// <summary>The saved views in the control plane. Pages read them when they open, so reading is plain SQL; writing is rare.</summary>
internal sealed class SavedViewStore(ControlDatabase database, TimeProvider time) : ISavedViewStore
{
    private const string Select = """
        SELECT id, page, name, query, is_default, created_at, updated_at FROM saved_views WHERE project_id = @project ORDER BY page, name
        """;

    public async Task<IReadOnlyList<SavedView>> ListAsync(ProjectId project, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            async connection =>
            {
                await using var command = connection.Command(Select, ("project", project.Value));
                return await command.ReadAllAsync(Read, cancellationToken);
            },
            cancellationToken);

    public Task<Outcome<SavedView>> AddAsync(ProjectId project, NewSavedView view, CancellationToken cancellationToken)
    {
        if ((CheckPage(view.Page) ?? SavedView.CheckName(view.Name) ?? SavedView.CheckQuery(view.Query)) is { } problem)
        {
            return Task.FromResult<Outcome<SavedView>>(Refusal.Invalid(problem));
        }

        var now = time.GetUtcNow();
        return database.WriteAsync<Outcome<SavedView>>(
            async context =>
            {
                if (!await context.Projects.AnyAsync(p => p.Id == project.Value, cancellationToken))
                {
                    return Refusal.NotFound("There is no such project.");
                }

                var views = context.Set<SavedViewRow>().Where(v => v.ProjectId == project.Value);
                if (await views.CountAsync(cancellationToken) >= SavedView.MaxCount)
                {
                    return Refusal.Invalid($"A project has at most {SavedView.MaxCount} views.");
                }

                if (await views.AnyAsync(v => v.Page == view.Page && v.Name == view.Name, cancellationToken))
                {
                    return Taken(view.Name);
                }

                var row = new SavedViewRow
                {
                    Id = EntityId.New(),
                    ProjectId = project.Value,
                    Page = view.Page,
                    Name = view.Name,
                    Query = view.Query,
                    CreatedAt = now,
                    UpdatedAt = now,
                };
                context.Add(row);
                return row.ToView();
            },
            cancellationToken);
    }

    public Task<Outcome<SavedView>> ChangeAsync(ProjectId project, string viewId, SavedViewChange change, CancellationToken cancellationToken)
    {
        if (((change.Name is { } name ? SavedView.CheckName(name) : null) ?? (change.Query is { } query ? SavedView.CheckQuery(query) : null)) is { } problem)
        {
            return Task.FromResult<Outcome<SavedView>>(Refusal.Invalid(problem));
        }

        var now = time.GetUtcNow();
        return database.WriteAsync<Outcome<SavedView>>(
            async context =>
            {
                var views = context.Set<SavedViewRow>().Where(v => v.ProjectId == project.Value);
                var row = await views.SingleOrDefaultAsync(v => v.Id == viewId, cancellationToken);
                if (row is null)
                {
                    return Refusal.NotFound("There is no such view.");
                }

                var others = views.Where(v => v.Page == row.Page && v.Id != viewId);
                if (change.Name is { } wanted && await others.AnyAsync(v => v.Name == wanted, cancellationToken))
                {
                    return Taken(wanted);
                }

                if (change.IsDefault == true)
                {
                    await others.Where(v => v.IsDefault).ForEachAsync(v => v.IsDefault = false, cancellationToken);
                }

                (row.Name, row.Query) = (change.Name ?? row.Name, change.Query ?? row.Query);
                (row.IsDefault, row.UpdatedAt) = (change.IsDefault ?? row.IsDefault, now);
                return row.ToView();
            },
            cancellationToken);
    }

    public Task<SavedView?> RemoveAsync(ProjectId project, string viewId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                var row = await context.Set<SavedViewRow>()
                    .SingleOrDefaultAsync(v => v.ProjectId == project.Value && v.Id == viewId, cancellationToken);
                if (row is not null)
                {
                    context.Remove(row);
                }

                return row?.ToView();
            },
            cancellationToken);

    private static Refusal Taken(string name) => Refusal.Conflict($"There is a view “{name}” already.");

    private static string? CheckPage(string page) =>
        page.Length is > 0 and <= SavedView.MaxPageLength && page.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? null
            : "A view is of a page.";

    private static SavedView Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Page = row.GetString(1),
        Name = row.GetString(2),
        Query = row.GetString(3),
        IsDefault = row.GetBoolean(4),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)),
    };
}
