using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Actors.Storage.Control.Postgres;

/// <summary>Lets <c>dotnet ef migrations add --context PostgresControlDbContext</c> see the model without a server.</summary>
internal sealed class PostgresControlDbContextFactory : IDesignTimeDbContextFactory<PostgresControlDbContext>
{
    public PostgresControlDbContext CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<PostgresControlDbContext>()
            .UseNpgsql("Host=design", PostgresControlDatabase.Configure)
            .Options);
}
