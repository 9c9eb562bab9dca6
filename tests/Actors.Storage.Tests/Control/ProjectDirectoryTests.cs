using Actors.Access;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Control;

public sealed class ProjectDirectoryTests : IAsyncLifetime
{
    private static readonly ProjectSetup Setup = new()
    {
        OrganizationId = "org",
        OrganizationName = "Organization",
        ProjectId = new ProjectId("project"),
        ProjectName = "Project",
        PublicKey = "pk-lf-1",
        SecretKey = "sk-lf-0123456789abcdef",
    };

    private readonly TempDirectory _temp = new();
    private readonly DataDirectory _directory;
    private readonly ControlDatabase _database;
    private readonly ProjectDirectory _projects;

    public ProjectDirectoryTests()
    {
        _directory = DataDirectory.Open(_temp.Path);
        _database = new ControlDatabase(_directory);
        _projects = new ProjectDirectory(_database, TimeProvider.System);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _database.MigrateAsync(Ct);

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        _temp.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_was_set_up_is_found_by_key_and_by_id()
    {
        var expected = new ProjectInfo(Setup.ProjectId, "Project", "org", "Organization");

        Assert.Equal(expected, await _projects.EnsureAsync(Setup, Ct));
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(expected, await _projects.FindBySecretKeyAsync(Setup.SecretKey, Ct));
            Assert.Equal(expected, await _projects.FindByPublicKeyAsync(Setup.PublicKey, Ct));
            Assert.Equal(expected, await _projects.FindAsync(Setup.ProjectId, Ct));
            Assert.Equal([expected], await _projects.ListAsync(Ct));
        }
    }

    [Fact]
    public async Task What_is_unknown_is_null_until_it_is_set_up()
    {
        Assert.Null(await _projects.FindBySecretKeyAsync(Setup.SecretKey, Ct));
        Assert.Null(await _projects.FindByPublicKeyAsync(Setup.PublicKey, Ct));
        Assert.Null(await _projects.FindAsync(Setup.ProjectId, Ct));
        Assert.Null(await _projects.FindBySecretKeyAsync("", Ct));
        Assert.Null(await _projects.FindBySecretKeyAsync(new string('x', 100_000), Ct));

        await _projects.EnsureAsync(Setup, Ct);

        Assert.NotNull(await _projects.FindBySecretKeyAsync(Setup.SecretKey, Ct));
        Assert.Null(await _projects.FindBySecretKeyAsync(Setup.PublicKey, Ct));
        Assert.Null(await _projects.FindByPublicKeyAsync(Setup.SecretKey, Ct));
    }

    [Fact]
    public async Task Setting_up_again_keeps_what_exists_and_changes_the_secret_at_once()
    {
        await _projects.EnsureAsync(Setup, Ct);
        Assert.NotNull(await _projects.FindBySecretKeyAsync(Setup.SecretKey, Ct));
        Assert.Null(await _projects.FindBySecretKeyAsync("sk-lf-new", Ct));

        var again = await _projects.EnsureAsync(
            Setup with { SecretKey = "sk-lf-new", ProjectName = "Other", OrganizationId = "other", OrganizationName = "Other" }, Ct);

        Assert.Equal(("Project", "org"), (again.Name, again.OrganizationId));
        Assert.Null(await _projects.FindBySecretKeyAsync(Setup.SecretKey, Ct));
        Assert.NotNull(await _projects.FindBySecretKeyAsync("sk-lf-new", Ct));
        Assert.Single(await _projects.ListAsync(Ct));
    }

    [Fact]
    public async Task A_key_of_another_project_is_refused_and_nothing_is_left_behind()
    {
        await _projects.EnsureAsync(Setup, Ct);
        var other = Setup with { ProjectId = new ProjectId("other") };

        await Assert.ThrowsAsync<InvalidOperationException>(() => _projects.EnsureAsync(other, Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _projects.EnsureAsync(other with { PublicKey = "pk-lf-2" }, Ct));

        Assert.Null(await _projects.FindAsync(other.ProjectId, Ct));
    }

    [Fact]
    public async Task The_secret_is_nowhere_in_the_file()
    {
        await _projects.EnsureAsync(Setup, Ct);

        await using var context = _database.CreateDbContext();
        var key = await context.ApiKeys.SingleAsync(Ct);
        var bytes = await File.ReadAllBytesAsync(_directory.File(ControlDatabase.FileName), Ct);

        Assert.Equal("sk-lf-...cdef", key.SecretDisplay);
        Assert.Equal(SecretKey.Hash(Setup.SecretKey), key.SecretHash);
        Assert.Equal(-1, bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Setup.SecretKey)));
    }

    [Fact]
    public async Task A_newer_file_is_refused_with_advice()
    {
        await using (var connection = await _database.OpenAsync(Ct))
        {
            await using var command = new SqliteCommand(
                """INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Future', '99')""", connection);
            await command.ExecuteNonQueryAsync(Ct);
        }

        var e = await Assert.ThrowsAsync<StorageSetupException>(() => _database.MigrateAsync(Ct));

        Assert.Contains("29990101000000_Future", e.Message, StringComparison.Ordinal);
    }
}
