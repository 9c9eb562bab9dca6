using System.Data.Common;
using Actors.Pricing;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Pricing;

/// <summary>
/// The models of the projects in the control plane. Reading is plain SQL, because the first event of a project needs it and
/// Entity Framework costs half a second to load; writing is rare.
/// </summary>
internal sealed class ModelStore(ControlDatabase database) : IModelStore
{
    private const string Select = """
        SELECT id, name, match_pattern, start_date, unit, tokenizer_id, tokenizer_config, tiers, created_at, added_in, removed_in
        FROM models WHERE project_id = @project ORDER BY added_in
        """;

    public async Task<ProjectModels> ReadAsync(ProjectId project, CancellationToken cancellationToken)
    {
        var models = await database.ReadAsync(
            async connection =>
            {
                await using var command = connection.Command(Select, ("project", project.Value));
                return await command.ReadAllAsync(Read, cancellationToken);
            },
            cancellationToken);
        return models.Count == 0 ? ProjectModels.None : new ProjectModels(models.Max(m => m.RemovedIn ?? m.AddedIn), models);
    }

    public void Subscribe(Action<ProjectId?> changed) =>
        database.Changes.Subscribe(ControlSubjects.Models, changed, () => changed(null));

    public Task<bool> AddAsync(ProjectId project, ModelDefinition model, CancellationToken cancellationToken) =>
        database.WriteAsync(
            new ControlChange(ControlSubjects.Models, project),
            async context =>
            {
                var revision = await NextRevisionAsync(context, project, cancellationToken);
                var count = await context.Set<ModelRow>()
                    .CountAsync(m => m.ProjectId == project.Value && m.RemovedIn == null, cancellationToken);
                if (count >= ProjectModels.MaxCount || revision > ProjectModels.MaxRevision)
                {
                    return false;
                }

                context.Add(Row(project, model, revision));
                return true;
            },
            cancellationToken);

    public Task<bool> RemoveAsync(ProjectId project, string modelId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            new ControlChange(ControlSubjects.Models, project),
            async context =>
            {
                var row = await context.Set<ModelRow>().SingleOrDefaultAsync(
                    m => m.ProjectId == project.Value && m.Id == modelId && m.RemovedIn == null, cancellationToken);
                if (row is null)
                {
                    return false;
                }

                row.RemovedIn = await NextRevisionAsync(context, project, cancellationToken);
                return true;
            },
            cancellationToken);

    private static ModelRow Row(ProjectId project, ModelDefinition model, int revision) => new()
    {
        Id = model.Id,
        ProjectId = project.Value,
        Name = model.Name,
        MatchPattern = model.MatchPattern,
        StartDate = model.StartDate,
        Unit = model.Unit,
        TokenizerId = model.TokenizerId,
        TokenizerConfig = model.TokenizerConfig,
        Tiers = TierJson.Write(model.Tiers),
        CreatedAt = model.CreatedAt,
        AddedIn = revision,
    };

    // Inside a write nobody else can take the same revision.
    private static async Task<int> NextRevisionAsync(ControlDbContext context, ProjectId project, CancellationToken cancellationToken) =>
        1 + (await context.Set<ModelRow>().Where(m => m.ProjectId == project.Value).MaxAsync(m => m.RemovedIn ?? (int?)m.AddedIn, cancellationToken) ?? 0);

    private static DatedModel Read(DbDataReader reader)
    {
        var model = new ModelDefinition
        {
            Id = reader.GetString(0),
            Name = reader.GetString(1),
            MatchPattern = reader.GetString(2),
            StartDate = reader.IsDBNull(3) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(3)),
            Unit = reader.Text(4),
            TokenizerId = reader.Text(5),
            TokenizerConfig = reader.Text(6),
            Tiers = TierJson.Read(reader.GetString(7)),
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(8)),
        };
        return new DatedModel(model, reader.GetInt32(9), reader.IsDBNull(10) ? null : reader.GetInt32(10));
    }
}
