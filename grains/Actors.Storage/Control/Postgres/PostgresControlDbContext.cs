using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Actors.Storage.Control.Postgres;

/// <summary>The same model in the schema <c>control</c> of PostgreSQL. A context of its own has migrations of its own.</summary>
internal sealed class PostgresControlDbContext(DbContextOptions<PostgresControlDbContext> options) : ControlDbContext(options)
{
    /// <summary>The schema with all tables of the control plane.</summary>
    public const string Schema = "control";

    /// <summary>Which migrations were applied.</summary>
    public const string HistoryTable = "__EFMigrationsHistory";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.HasDefaultSchema(Schema);

        // SQLite compares the bytes of texts. An order by language would sort and page otherwise, and change with the system.
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()).Where(IsText))
        {
            property.SetCollation("C");
        }
    }

    private static bool IsText(IMutableProperty property) =>
        (property.GetValueConverter()?.ProviderClrType ?? property.ClrType) is var type
        && (type == typeof(string) || type == typeof(List<string>));
}
