using Actors.Storage.Control.Sqlite;

namespace Actors.Storage.Control;

/// <summary>A control plane in a file.</summary>
public sealed class SqliteControlPlane : ControlPlane
{
    protected override string Engine => StorageOptions.Sqlite;

    protected override async Task CreateAsync(CancellationToken cancellationToken)
    {
        using var database = Open();
        await SetUpAsync(database, cancellationToken);
    }

    private protected override ControlDatabase Open() => new SqliteControlDatabase(Directory);
}
