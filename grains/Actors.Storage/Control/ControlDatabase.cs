using Actors.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Control;

/// <summary>The control plane's database: makes contexts and brings the tables up to date.</summary>
internal sealed class ControlDatabase(DataDirectory directory) : IDbContextFactory<ControlDbContext>
{
    private readonly string _path = directory.File(ControlDbContext.FileName);
    private readonly DbContextOptions<ControlDbContext> _options = CreateOptions(directory.File(ControlDbContext.FileName));

    public ControlDbContext CreateDbContext() => new(_options);

    /// <summary>Creates the file when it is missing and applies the migrations that it lacks.</summary>
    /// <exception cref="StorageSetupException">The file cannot be opened, is damaged, or was made by a newer version.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var context = CreateDbContext();
            var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken);
            var known = context.Database.GetMigrations().ToList();
            if (applied.FirstOrDefault(m => !known.Contains(m)) is { } newer)
            {
                throw new StorageSetupException(
                    $"The database '{_path}' was made by a newer version (migration {newer}). Start the newer version, or set {DataDirectory.Setting} to another directory.");
            }

            if (applied.Count() < known.Count)
            {
                await context.Database.MigrateAsync(cancellationToken);
            }
        }
        catch (SqliteException e)
        {
            throw SqliteFile.Explain(_path, e);
        }
    }

    private static DbContextOptions<ControlDbContext> CreateOptions(string path)
    {
        // Not pooled: a context is rare behind the caches, and a closed file can be copied or moved.
        var text = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, ForeignKeys = true, DefaultTimeout = 5 };
        return new DbContextOptionsBuilder<ControlDbContext>().UseSqlite(text.ToString()).Options;
    }
}
