using Actors.Access;
using Microsoft.Data.Sqlite;

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

    public const string BySecretHash = Select + " JOIN api_keys k ON k.project_id = p.id WHERE k.secret_hash = $key";

    public const string ByPublicKey = Select + " JOIN api_keys k ON k.project_id = p.id WHERE k.public_key = $key";

    public const string OrganizationBySecretHash =
        "SELECT o.id, o.name FROM organizations o JOIN api_keys k ON k.organization_id = o.id WHERE k.secret_hash = $key";

    public const string ById = Select + " WHERE p.id = $key";

    public const string All = Select + " WHERE $key IS NULL ORDER BY p.name, p.id";

    private const string AddOrganization =
        "INSERT INTO organizations (id, name, created_at, updated_at) VALUES ($id, $name, $now, $now) ON CONFLICT (id) DO NOTHING";

    private const string AddProject = """
        INSERT INTO projects (id, name, organization_id, created_at, updated_at) VALUES ($id, $name, $organization, $now, $now) ON CONFLICT (id) DO NOTHING
        """;

    private const string AddKey = """
        INSERT INTO api_keys (public_key, project_id, secret_hash, secret_display, created_at)
        VALUES ($public, $project, $hash, $display, $now)
        ON CONFLICT (public_key) DO UPDATE SET secret_hash = excluded.secret_hash, secret_display = excluded.secret_display
        """;

    /// <summary>The projects that one of the queries above selects.</summary>
    public static async Task<List<ProjectInfo>> ReadAsync(
        SqliteConnection connection, string sql, string? key, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql, ("$key", key));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var projects = new List<ProjectInfo>();
        while (await reader.ReadAsync(cancellationToken))
        {
            projects.Add(new ProjectInfo(new ProjectId(reader.GetString(0)), reader.GetString(1), reader.GetString(2), reader.GetString(3)));
        }

        return projects;
    }

    /// <summary>The organization whose key this is; null: none.</summary>
    public static async Task<OrganizationInfo?> ReadOrganizationAsync(
        SqliteConnection connection, string secretHash, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, OrganizationBySecretHash, ("$key", secretHash));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new OrganizationInfo(reader.GetString(0), reader.GetString(1)) : null;
    }

    /// <summary>Who has a key already: its public key and its project (null: an organization has it); null: nobody.</summary>
    public static async Task<(string PublicKey, string? ProjectId)?> FindKeyAsync(
        SqliteConnection connection, string column, string value, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, $"SELECT public_key, project_id FROM api_keys WHERE {column} = $value", ("$value", value));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1)) : null;
    }

    /// <summary>Adds what is missing; the key gets the given secret.</summary>
    public static async Task AddAsync(SqliteConnection connection, ProjectSetup setup, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var time = now.ToUnixTimeMilliseconds();
        var isKnown = (await ReadAsync(connection, ById, setup.ProjectId.Value, cancellationToken)).Count > 0;
        if (!isKnown)
        {
            // A project that exists keeps its organization: then a new one would stay empty.
            await RunAsync(AddOrganization, ("$id", setup.OrganizationId), ("$name", setup.OrganizationName), ("$now", time));
            await RunAsync(
                AddProject,
                ("$id", setup.ProjectId.Value),
                ("$name", setup.ProjectName),
                ("$organization", setup.OrganizationId),
                ("$now", time));
        }

        await RunAsync(
            AddKey,
            ("$public", setup.PublicKey),
            ("$project", setup.ProjectId.Value),
            ("$hash", SecretKey.Hash(setup.SecretKey)),
            ("$display", SecretKey.Display(setup.SecretKey)),
            ("$now", time));

        async Task RunAsync(string sql, params (string Name, object? Value)[] parameters)
        {
            await using var command = Command(connection, sql, parameters);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
