namespace Actors.Contracts;

/// <summary>A copy of everything that an embedded server keeps.</summary>
/// <param name="Name">Its name, which is the time at which it began: <c>20261125T133000123Z</c>.</param>
/// <param name="Path">The directory on the server's machine.</param>
/// <param name="TakenAt">When it began; every event that was acknowledged before is in it.</param>
/// <param name="Files">How many files are in it.</param>
/// <param name="SizeBytes">Their bytes.</param>
public sealed record BackupBody(string Name, string Path, DateTimeOffset TakenAt, int Files, long SizeBytes);

/// <summary>The answer of <c>GET /api/admin/actors/backups</c>.</summary>
/// <param name="Backups">All whole copies, the newest first.</param>
public sealed record BackupsBody(IReadOnlyList<BackupBody> Backups);
