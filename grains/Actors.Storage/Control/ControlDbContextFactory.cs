using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Actors.Storage.Control;

/// <summary>Lets <c>dotnet ef migrations add</c> see the model without a host.</summary>
internal sealed class ControlDbContextFactory : IDesignTimeDbContextFactory<ControlDbContext>
{
    public ControlDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<ControlDbContext>().UseSqlite("Data Source=design.db").Options);
}
