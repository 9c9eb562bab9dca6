using System.Text;
using Actors.Access;
using Actors.Storage.Control.Sqlite;
using Actors.Testing.Postgres;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Control;

public abstract class ProjectDirectoryTests(ControlPlane plane) : ControlTest(plane)
{
    private protected static readonly ProjectSetup Setup = new()
    {
        OrganizationId = "org",
        OrganizationName = "Organization",
        ProjectId = new ProjectId("project"),
        ProjectName = "Project",
        PublicKey = "pk-lf-1",
        SecretKey = "sk-lf-0123456789abcdef",
    };

    private protected ProjectDirectory Projects => field ??= new ProjectDirectory(Database, TimeProvider.System);

    [Fact]
    public async Task What_was_set_up_is_found_by_key_and_by_id()
    {
        var expected = new ProjectInfo(Setup.ProjectId, "Project", "org", "Organization");

        Assert.Equal(expected, await Projects.EnsureAsync(Setup, Ct));
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(expected, await Projects.FindBySecretKeyAsync(Setup.SecretKey, Ct));
            Assert.Equal(expected, await Projects.FindByPublicKeyAsync(Setup.PublicKey, Ct));
            Assert.Equal(expected, await Projects.FindAsync(Setup.ProjectId, Ct));
        }
    }

    [Fact]
    public async Task Projects_are_listed_by_the_bytes_of_their_names()
    {
        await Projects.EnsureAsync(Setup, Ct);
        await Projects.EnsureAsync(Setup with { ProjectId = new ProjectId("e"), ProjectName = "été", PublicKey = "pk-lf-2", SecretKey = "sk-lf-2" }, Ct);

        Assert.Equal(["Project", "one", "two", "été"], (await Projects.ListAsync(Ct)).Select(p => p.Name));
    }

    [Fact]
    public async Task What_is_unknown_is_null_until_it_is_set_up()
    {
        Assert.Null(await Projects.FindBySecretKeyAsync(Setup.SecretKey, Ct));
        Assert.Null(await Projects.FindByPublicKeyAsync(Setup.PublicKey, Ct));
        Assert.Null(await Projects.FindAsync(Setup.ProjectId, Ct));
        Assert.Null(await Projects.FindBySecretKeyAsync("", Ct));
        Assert.Null(await Projects.FindBySecretKeyAsync(new string('x', 100_000), Ct));

        await Projects.EnsureAsync(Setup, Ct);

        Assert.NotNull(await Projects.FindBySecretKeyAsync(Setup.SecretKey, Ct));
        Assert.Null(await Projects.FindBySecretKeyAsync(Setup.PublicKey, Ct));
        Assert.Null(await Projects.FindByPublicKeyAsync(Setup.SecretKey, Ct));
    }

    [Fact]
    public async Task Setting_up_again_keeps_what_exists_and_changes_the_secret_at_once()
    {
        await Projects.EnsureAsync(Setup, Ct);
        Assert.NotNull(await Projects.FindBySecretKeyAsync(Setup.SecretKey, Ct));
        Assert.Null(await Projects.FindBySecretKeyAsync("sk-lf-new", Ct));

        var again = await Projects.EnsureAsync(
            Setup with { SecretKey = "sk-lf-new", ProjectName = "Other", OrganizationId = "other", OrganizationName = "Other" }, Ct);

        Assert.Equal(("Project", "org"), (again.Name, again.OrganizationId));
        Assert.Null(await Projects.FindBySecretKeyAsync(Setup.SecretKey, Ct));
        Assert.NotNull(await Projects.FindBySecretKeyAsync("sk-lf-new", Ct));
        Assert.Equal(3, (await Projects.ListAsync(Ct)).Count);
    }

    [Fact]
    public async Task Setting_up_at_once_is_one_set_up()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Projects.EnsureAsync(Setup, Ct), Ct)));

        await using var context = Database.CreateDbContext();
        Assert.Equal(1, await context.ApiKeys.CountAsync(k => k.ProjectId == "project", Ct));
    }

    [Fact]
    public async Task A_key_of_another_project_is_refused_and_nothing_is_left_behind()
    {
        await Projects.EnsureAsync(Setup, Ct);
        var other = Setup with { ProjectId = new ProjectId("other") };

        await Assert.ThrowsAsync<InvalidOperationException>(() => Projects.EnsureAsync(other, Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Projects.EnsureAsync(other with { PublicKey = "pk-lf-2" }, Ct));

        Assert.Null(await Projects.FindAsync(other.ProjectId, Ct));
    }

    [Fact]
    public async Task Of_the_secret_a_hash_is_stored_and_a_hint()
    {
        await Projects.EnsureAsync(Setup, Ct);

        await using var context = Database.CreateDbContext();
        var key = await context.ApiKeys.SingleAsync(k => k.ProjectId == "project", Ct);

        Assert.Equal("sk-lf-...cdef", key.SecretDisplay);
        Assert.Equal(SecretKey.Hash(Setup.SecretKey), key.SecretHash);
    }

    [Fact]
    public async Task A_newer_database_is_refused_with_advice()
    {
        await ExecuteAsync("""INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Future', '99')""");

        var e = await Assert.ThrowsAsync<StorageSetupException>(() => Database.MigrateAsync(Ct));

        Assert.Contains("29990101000000_Future", e.Message, StringComparison.Ordinal);
    }
}

public sealed class SqliteProjectDirectoryTests() : ProjectDirectoryTests(new SqliteControlPlane())
{
    [Fact]
    public async Task The_secret_is_nowhere_in_the_file()
    {
        await Projects.EnsureAsync(Setup, Ct);

        var bytes = await File.ReadAllBytesAsync(Plane.Directory.File(SqliteControlDatabase.FileName), Ct);
        Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Setup.SecretKey)));
    }
}

public sealed class PostgresProjectDirectoryTests(PostgresServer server) : ProjectDirectoryTests(new PostgresControlPlane(server));
