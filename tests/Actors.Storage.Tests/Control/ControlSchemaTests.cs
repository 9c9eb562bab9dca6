using Actors.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Actors.Storage.Control;

/// <summary>The script that makes a new file and the migrations that bring an old one up to date must agree.</summary>
public sealed class ControlSchemaTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly DataDirectory _directory;
    private readonly ControlDatabase _database;

    public ControlSchemaTests()
    {
        _directory = DataDirectory.Open(_temp.Path);
        _database = new ControlDatabase(_directory);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void The_script_is_that_of_all_migrations()
    {
        using var context = _database.CreateDbContext();

        Assert.Equal(context.GetService<IMigrator>().GenerateScript().ReplaceLineEndings("\n").Trim(), ControlDatabase.CreateScript.Trim());
        Assert.Equal(context.Database.GetMigrations(), ControlDatabase.Migrations);
    }

    [Fact]
    public void The_migrations_are_those_of_the_model()
    {
        using var context = _database.CreateDbContext();

        Assert.False(context.Database.HasPendingModelChanges(), "Run dotnet ef migrations add, and migrations script for control.sql.");
    }

    [Fact]
    public async Task A_file_that_lacks_migrations_gets_them()
    {
        await using (var connection = await _database.OpenAsync(Ct))
        {
            connection.Execute(ControlDatabase.CreateScript[..ControlDatabase.CreateScript.IndexOf("BEGIN", StringComparison.Ordinal)]);
        }

        await _database.MigrateAsync(Ct);

        await using var context = _database.CreateDbContext();
        Assert.Empty(await context.Database.GetPendingMigrationsAsync(Ct));
        Assert.Empty(await context.ApiKeys.ToListAsync(Ct));
    }

    public void Dispose()
    {
        _directory.Dispose();
        _temp.Dispose();
    }
}
