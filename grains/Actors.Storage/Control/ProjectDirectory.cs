using Actors.Access;
using Actors.Storage.Sqlite;

namespace Actors.Storage.Control;

/// <summary>
/// The projects and their keys in the control plane. What exists and what does not are cached apart, so that a flood of
/// wrong keys cannot drive out the right ones.
/// </summary>
internal sealed class ProjectDirectory(ControlDatabase database, TimeProvider time) : IProjectDirectory
{
    // Longer than any key that was ever made; a longer one is not worth hashing.
    private const int MaxKeyLength = 500;

    private readonly BoundedCache<(string, string), ProjectInfo> _known = new(10_000, TimeSpan.FromMinutes(1), time);
    private readonly BoundedCache<string, OrganizationInfo> _organizations = new(1_000, TimeSpan.FromMinutes(1), time);
    private readonly BoundedCache<(string, string), bool> _unknown = new(10_000, TimeSpan.FromSeconds(5), time);

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
        await using var connection = await database.OpenAsync(cancellationToken);
        organization = await ProjectSql.ReadOrganizationAsync(connection, hash, cancellationToken);
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

    public async Task<IReadOnlyList<ProjectInfo>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await ProjectSql.ReadAsync(connection, ProjectSql.All, null, cancellationToken);
    }

    public async Task<ProjectInfo> EnsureAsync(ProjectSetup setup, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(setup);
        await using var connection = await database.OpenAsync(cancellationToken);
        connection.Execute("BEGIN IMMEDIATE");
        var owner = await ProjectSql.FindKeyAsync(connection, "secret_hash", SecretKey.Hash(setup.SecretKey), cancellationToken);
        if (owner is { } other && other.PublicKey != setup.PublicKey)
        {
            throw new InvalidOperationException($"The secret key already belongs to the public key '{other.PublicKey}'. Choose another secret key.");
        }

        var key = await ProjectSql.FindKeyAsync(connection, "public_key", setup.PublicKey, cancellationToken);
        if (key is { } existing && existing.ProjectId != setup.ProjectId.Value)
        {
            throw new InvalidOperationException(
                $"The public key '{setup.PublicKey}' already belongs to the project '{existing.ProjectId}'. Choose another public key.");
        }

        await ProjectSql.AddAsync(connection, setup, time.GetUtcNow(), cancellationToken);
        connection.Execute("COMMIT");
        Forget();
        return (await ProjectSql.ReadAsync(connection, ProjectSql.ById, setup.ProjectId.Value, cancellationToken)).Single();
    }

    /// <summary>Forgets what was read: projects, organizations or keys have changed.</summary>
    public void Forget()
    {
        _known.Clear();
        _organizations.Clear();
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
        await using var connection = await database.OpenAsync(cancellationToken);
        var project = (await ProjectSql.ReadAsync(connection, key.Sql, key.Value, cancellationToken)).SingleOrDefault();
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
