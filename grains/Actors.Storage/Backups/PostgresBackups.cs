using Actors.Operations;

namespace Actors.Storage.Backups;

/// <summary>Refers whoever asks to the database's own tools: a node sees only a part of what they copy.</summary>
internal sealed class PostgresBackups : IBackups
{
    public Task<Outcome<BackupRecord>> TakeAsync(CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<BackupRecord>>(
            Refusal.Invalid("The data is in PostgreSQL: back up the database with pg_dump, and the shared directory after it"));

    public Task<IReadOnlyList<BackupRecord>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<BackupRecord>>([]);
}
