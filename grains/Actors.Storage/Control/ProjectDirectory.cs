using Actors.Access;

namespace Actors.Storage.Control;

/// <summary>
/// The projects and their keys in the control plane. What exists and what does not are cached apart, so that a flood of
/// wrong keys cannot drive out the right ones.
/// </summary>
internal sealed class ProjectDirectory : IProjectDirectory
{
    // Longer than any key that was ever made; a longer one is not worth hashing.
    private const int MaxKeyLength = 500;

    private readonly ControlDatabase _database;
    private readonly TimeProvider _time;
    private readonly BoundedCache<(string, string), ProjectInfo> _known;
    private readonly BoundedCache<string, OrganizationInfo> _organizations;
    private readonly BoundedCache<(string, string), bool> _unknown;

    public ProjectDirectory(ControlDatabase database, TimeProvider time)
    {
        (_database, _time) = (database, time);
        _known = new(10_000, TimeSpan.FromMinutes(1), database.Changes, time);
        _organizations = new(1_000, TimeSpan.FromMinutes(1), database.Changes, time);
        _unknown = new(10_000, TimeSpan.FromSeconds(5), database.Changes, time);
        database.Changes.Subscribe(ControlSubjects.Access, _ => Forget(), Doubt);
    }

    public ValueTask<ProjectInfo?> FindBySecretKeyAsync(string secretKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(secretKey);
        return secretKey.Length is 0 or > MaxKeyLength
            ? new((ProjectInfo?)null)
            : FindAsync(ProjectSql.BySecretHash, SecretKey.Hash(secretKey), cancellationToken);
    }

    public ValueTask<ProjectInfo?> FindByPublicKeyAsync(string publicKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        return publicKey.Length is 0 or > MaxKeyLength
            ? new((ProjectInfo?)null)
            : FindAsync(ProjectSql.ByPublicKey, publicKey, cancellationToken);
    }

    public async ValueTask<OrganizationInfo?> FindOrganizationBySecretKeyAsync(string secretKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(secretKey);
        if (secretKey.Length is 0 or > MaxKeyLength)
        {
            return null;
        }

        var hash = SecretKey.Hash(secretKey);
        if (_organizations.TryGet(hash, out var organization))
        {
            return organization;
        }

        var key = (ProjectSql.OrganizationBySecretHash, hash);
        if (_unknown.TryGet(key, out _))
        {
            return null;
        }

        var (knownGeneration, unknownGeneration) = (_organizations.Generation, _unknown.Generation);
        try
        {
            organization = await _database.ReadAsync(c => ProjectSql.FindOrganizationAsync(c, hash, cancellationToken), cancellationToken);
        }
        catch (Exception e) when (ControlOutage.IsBehind(e) && _organizations.TryGetLast(hash, out organization))
        {
            return organization;
        }

        if (organization is null)
        {
            _unknown.Set(key, true, unknownGeneration);
        }
        else
        {
            _organizations.Set(hash, organization, knownGeneration);
        }

        return organization;
    }

    public ValueTask<ProjectInfo?> FindAsync(ProjectId project, CancellationToken cancellationToken) =>
        FindAsync(ProjectSql.ById, project.Value, cancellationToken);

    public async Task<IReadOnlyList<ProjectInfo>> ListAsync(CancellationToken cancellationToken) =>
        await _database.ReadAsync(c => ProjectSql.ListAsync(c, cancellationToken), cancellationToken);

    public async Task<ProjectInfo> EnsureAsync(ProjectSetup setup, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return await _database.WriteSqlAsync(
            new ControlChange(ControlSubjects.Access, setup.ProjectId),
            async (connection, _) =>
            {
                var owner = await ProjectSql.FindSecretAsync(connection, SecretKey.Hash(setup.SecretKey), cancellationToken);
                if (owner is not null && owner.PublicKey != setup.PublicKey)
                {
                    throw new InvalidOperationException(
                        $"The secret key already belongs to the public key '{owner.PublicKey}'. Choose another secret key.");
                }

                var key = await ProjectSql.FindPublicKeyAsync(connection, setup.PublicKey, cancellationToken);
                if (key is not null && key.ProjectId != setup.ProjectId.Value)
                {
                    throw new InvalidOperationException(
                        $"The public key '{setup.PublicKey}' already belongs to the project '{key.ProjectId}'. Choose another public key.");
                }

                await ProjectSql.AddAsync(connection, setup, _time.GetUtcNow(), cancellationToken);
                return (await ProjectSql.FindAsync(connection, ProjectSql.ById, setup.ProjectId.Value, cancellationToken))!;
            },
            cancellationToken);
    }

    private void Forget()
    {
        _known.Clear();
        _organizations.Clear();
        _unknown.Clear();
    }

    private void Doubt()
    {
        _known.Doubt();
        _organizations.Doubt();
        _unknown.Clear();
    }

    private ValueTask<ProjectInfo?> FindAsync(string sql, string value, CancellationToken cancellationToken)
    {
        // The statement tells a public key from an id of the same spelling.
        var key = (sql, value);
        if (_known.TryGet(key, out var project))
        {
            return new(project);
        }

        return _unknown.TryGet(key, out _) ? new((ProjectInfo?)null) : new(ReadAsync(key, cancellationToken));
    }

    private async Task<ProjectInfo?> ReadAsync((string Sql, string Value) key, CancellationToken cancellationToken)
    {
        var (knownGeneration, unknownGeneration) = (_known.Generation, _unknown.Generation);
        ProjectInfo? project;
        try
        {
            project = await _database.ReadAsync(c => ProjectSql.FindAsync(c, key.Sql, key.Value, cancellationToken), cancellationToken);
        }
        catch (Exception e) when (ControlOutage.IsBehind(e) && _known.TryGetLast(key, out project))
        {
            return project;
        }

        if (project is not null)
        {
            _known.Set(key, project, knownGeneration);
        }
        else
        {
            _unknown.Set(key, true, unknownGeneration);
        }

        return project;
    }
}
