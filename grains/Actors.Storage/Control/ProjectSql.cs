using System.Data.Common;
using Actors.Access;

namespace Actors.Storage.Control;

/// <summary>
/// The fixed statements of signing in and of the first set-up. Plain SQL, so that neither waits for Entity Framework to
/// load; the pages that manage projects use the context.
/// </summary>
internal static class ProjectSql
{
    private const string Select = """
        SELECT p.id, p.name, o.id, o.name FROM projects p JOIN organizations o ON o.id = p.organization_id
        """;

    public const string BySecretHash = Select + " JOIN api_keys k ON k.project_id = p.id WHERE k.secret_hash = @key";

    public const string ByPublicKey = Select + " JOIN api_keys k ON k.project_id = p.id WHERE k.public_key = @key";

    public const string OrganizationBySecretHash =
        "SELECT o.id, o.name FROM organizations o JOIN api_keys k ON k.organization_id = o.id WHERE k.secret_hash = @key";

    public const string ById = Select + " WHERE p.id = @key";

    private const string All = Select + " ORDER BY p.name, p.id";

    private const string KeyBySecretHash = "SELECT public_key, project_id FROM api_keys WHERE secret_hash = @key";

    private const string KeyByPublicKey = "SELECT public_key, project_id FROM api_keys WHERE public_key = @key";

    private const string AddOrganization =
        "INSERT INTO organizations (id, name, created_at, updated_at) VALUES (@id, @name, @now, @now) ON CONFLICT (id) DO NOTHING";

    private const string AddProject = """
        INSERT INTO projects (id, name, organization_id, created_at, updated_at) VALUES (@id, @name, @organization, @now, @now) ON CONFLICT (id) DO NOTHING
        """;

    private const string AddKey = """
        INSERT INTO api_keys (public_key, project_id, secret_hash, secret_display, created_at)
        VALUES (@public, @project, @hash, @display, @now)
        ON CONFLICT (public_key) DO UPDATE SET secret_hash = excluded.secret_hash, secret_display = excluded.secret_display
        """;

    /// <summary>The project that one of the queries above selects; null: none.</summary>
    public static async Task<ProjectInfo?> FindAsync(
        DbConnection connection, string sql, string key, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(sql, ("key", key));
        return (await command.ReadAllAsync(ToInfo, cancellationToken)).SingleOrDefault();
    }

    /// <summary>All projects by name.</summary>
    public static async Task<List<ProjectInfo>> ListAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(All);
        return await command.ReadAllAsync(ToInfo, cancellationToken);
    }

    /// <summary>The organization whose key this is; null: none.</summary>
    public static async Task<OrganizationInfo?> FindOrganizationAsync(
        DbConnection connection, string secretHash, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(OrganizationBySecretHash, ("key", secretHash));
        return (await command.ReadAllAsync(r => new OrganizationInfo(r.GetString(0), r.GetString(1)), cancellationToken)).SingleOrDefault();
    }

    /// <summary>Who has a secret already.</summary>
    public static Task<KeyOwner?> FindSecretAsync(DbConnection connection, string secretHash, CancellationToken cancellationToken) =>
        FindKeyAsync(connection, KeyBySecretHash, secretHash, cancellationToken);

    /// <summary>Who has a public key already.</summary>
    public static Task<KeyOwner?> FindPublicKeyAsync(DbConnection connection, string publicKey, CancellationToken cancellationToken) =>
        FindKeyAsync(connection, KeyByPublicKey, publicKey, cancellationToken);

    /// <summary>Adds what is missing; the key gets the given secret.</summary>
    public static async Task AddAsync(DbConnection connection, ProjectSetup setup, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var time = now.ToUnixTimeMilliseconds();
        if (await FindAsync(connection, ById, setup.ProjectId.Value, cancellationToken) is null)
        {
            // A project that exists keeps its organization: then a new one would stay empty.
            await RunAsync(AddOrganization, ("id", setup.OrganizationId), ("name", setup.OrganizationName), ("now", time));
            await RunAsync(
                AddProject,
                ("id", setup.ProjectId.Value),
                ("name", setup.ProjectName),
                ("organization", setup.OrganizationId),
                ("now", time));
        }

        await RunAsync(
            AddKey,
            ("public", setup.PublicKey),
            ("project", setup.ProjectId.Value),
            ("hash", SecretKey.Hash(setup.SecretKey)),
            ("display", SecretKey.Display(setup.SecretKey)),
            ("now", time));

        async Task RunAsync(string sql, params (string Name, object Value)[] parameters)
        {
            await using var command = connection.Command(sql, parameters);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task<KeyOwner?> FindKeyAsync(
        DbConnection connection, string sql, string value, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(sql, ("key", value));
        return (await command.ReadAllAsync(r => new KeyOwner(r.GetString(0), r.Text(1)), cancellationToken)).SingleOrDefault();
    }

    private static ProjectInfo ToInfo(DbDataReader reader) =>
        new(new ProjectId(reader.GetString(0)), reader.GetString(1), reader.GetString(2), reader.GetString(3));
}

/// <summary>A key that exists.</summary>
/// <param name="PublicKey">Its public key.</param>
/// <param name="ProjectId">Its project; null: an organization has it.</param>
internal sealed record KeyOwner(string PublicKey, string? ProjectId);
