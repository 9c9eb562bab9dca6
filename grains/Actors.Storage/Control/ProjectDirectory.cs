using System.Linq.Expressions;
using Actors.Access;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Control;

/// <summary>
/// The projects and their keys in the control plane. What exists and what does not are cached apart, so that a flood of
/// wrong keys cannot drive out the right ones.
/// </summary>
internal sealed class ProjectDirectory(IDbContextFactory<ControlDbContext> contexts, TimeProvider time) : IProjectDirectory
{
    // Longer than any key that was ever made; a longer one is not worth hashing.
    private const int MaxKeyLength = 500;

    private readonly BoundedCache<ProjectInfo> _known = new(10_000, TimeSpan.FromMinutes(1), time);
    private readonly BoundedCache<bool> _unknown = new(10_000, TimeSpan.FromSeconds(5), time);

    public ValueTask<ProjectInfo?> FindBySecretKeyAsync(string secretKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(secretKey);
        if (secretKey.Length is 0 or > MaxKeyLength)
        {
            return new((ProjectInfo?)null);
        }

        var hash = SecretKey.Hash(secretKey);
        return FindAsync("s:" + hash, c => c.ApiKeys.Where(k => k.SecretHash == hash).Select(k => k.Project!), cancellationToken);
    }

    public ValueTask<ProjectInfo?> FindByPublicKeyAsync(string publicKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        return publicKey.Length is 0 or > MaxKeyLength
            ? new((ProjectInfo?)null)
            : FindAsync("p:" + publicKey, c => c.ApiKeys.Where(k => k.PublicKey == publicKey).Select(k => k.Project!), cancellationToken);
    }

    public ValueTask<ProjectInfo?> FindAsync(ProjectId project, CancellationToken cancellationToken) =>
        FindAsync("i:" + project.Value, c => c.Projects.Where(p => p.Id == project.Value), cancellationToken);

    public async Task<IReadOnlyList<ProjectInfo>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Projects.OrderBy(p => p.Name).ThenBy(p => p.Id).Select(ToInfo).ToListAsync(cancellationToken);
    }

    public async Task<ProjectInfo> EnsureAsync(ProjectSetup setup, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(setup);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await new ProjectEnsurer(context, time.GetUtcNow()).EnsureAsync(setup, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        _known.Clear();
        _unknown.Clear();
        return await context.Projects.Where(p => p.Id == setup.ProjectId.Value).Select(ToInfo).SingleAsync(cancellationToken);
    }

    private static Expression<Func<Project, ProjectInfo>> ToInfo { get; } =
        p => new ProjectInfo(new ProjectId(p.Id), p.Name, p.OrganizationId, p.Organization!.Name);

    private ValueTask<ProjectInfo?> FindAsync(
        string key, Func<ControlDbContext, IQueryable<Project>> query, CancellationToken cancellationToken)
    {
        if (_known.TryGet(key, out var project))
        {
            return new(project);
        }

        return _unknown.TryGet(key, out _) ? new((ProjectInfo?)null) : new(ReadAsync(key, query, cancellationToken));
    }

    private async Task<ProjectInfo?> ReadAsync(
        string key, Func<ControlDbContext, IQueryable<Project>> query, CancellationToken cancellationToken)
    {
        var (knownGeneration, unknownGeneration) = (_known.Generation, _unknown.Generation);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var project = await query(context).Select(ToInfo).SingleOrDefaultAsync(cancellationToken);
        if (project is not null)
        {
            _known.Set(key, project, knownGeneration);
        }
        else
        {
            _unknown.Set(key, true, unknownGeneration);
        }

        return project;
    }
}
