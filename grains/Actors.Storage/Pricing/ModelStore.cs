using Actors.Pricing;
using Actors.Storage.Control;
using Microsoft.Data.Sqlite;
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
        FROM models WHERE project_id = $project ORDER BY added_in
        """;

    public async Task<ProjectModels> ReadAsync(ProjectId project, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = Select;
        command.Parameters.AddWithValue("$project", project.Value);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var models = new List<DatedModel>();
        while (await reader.ReadAsync(cancellationToken))
        {
            models.Add(Read(reader));
        }

        return models.Count == 0 ? ProjectModels.None : new ProjectModels(models.Max(m => m.RemovedIn ?? m.AddedIn), models);
    }

    public Task<bool> AddAsync(ProjectId project, ModelDefinition model, CancellationToken cancellationToken) =>
        database.WriteAsync(
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

    private static DatedModel Read(SqliteDataReader reader)
    {
        var model = new ModelDefinition
        {
            Id = reader.GetString(0),
            Name = reader.GetString(1),
            MatchPattern = reader.GetString(2),
            StartDate = reader.IsDBNull(3) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(3)),
            Unit = Text(reader, 4),
            TokenizerId = Text(reader, 5),
            TokenizerConfig = Text(reader, 6),
            Tiers = TierJson.Read(reader.GetString(7)),
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(8)),
        };
        return new DatedModel(model, reader.GetInt32(9), reader.IsDBNull(10) ? null : reader.GetInt32(10));
    }

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
