using System.Data.Common;
using Actors.Feedback;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Feedback;

/// <summary>The policies in the control plane, each in memory for a while: every score of a browser asks for one.</summary>
internal sealed class FeedbackPolicyStore : IFeedbackPolicyStore
{
    private const string Select = """
        SELECT allowed_origins, scores_per_minute_per_key, scores_per_minute_per_address FROM feedback_policies WHERE project_id = @project
        """;

    private readonly ControlDatabase _database;
    private readonly BoundedCache<ProjectId, FeedbackPolicy> _known;

    public FeedbackPolicyStore(ControlDatabase database, TimeProvider time)
    {
        _database = database;
        _known = new(10_000, TimeSpan.FromSeconds(10), database.Changes, time);
        database.Changes.Subscribe(ControlSubjects.Feedback, _ => _known.Clear(), _known.Doubt);
    }

    public ValueTask<FeedbackPolicy> GetAsync(ProjectId project, CancellationToken cancellationToken) =>
        _known.TryGet(project, out var policy) ? new(policy) : new(ReadAsync(project, cancellationToken));

    public Task<bool> SetAsync(ProjectId project, FeedbackPolicy policy, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            new ControlChange(ControlSubjects.Feedback, project),
            async context =>
            {
                if (!await context.Projects.AnyAsync(p => p.Id == project.Value, cancellationToken))
                {
                    return false;
                }

                var row = await context.Set<FeedbackPolicyRow>().SingleOrDefaultAsync(p => p.ProjectId == project.Value, cancellationToken);
                if (row is null)
                {
                    row = new FeedbackPolicyRow { ProjectId = project.Value };
                    context.Add(row);
                }

                row.Set(policy);
                return true;
            },
            cancellationToken);

    private async Task<FeedbackPolicy> ReadAsync(ProjectId project, CancellationToken cancellationToken)
    {
        var generation = _known.Generation;
        try
        {
            var policy = await QueryAsync(project, cancellationToken);
            _known.Set(project, policy, generation);
            return policy;
        }
        catch (Exception e) when (ControlOutage.IsBehind(e) && _known.TryGetLast(project, out var last))
        {
            // While the database fails, what it last said holds: feedback that is refused now is never sent again.
            return last;
        }
    }

    // Plain SQL: the first score after a start must not wait for Entity Framework.
    private async Task<FeedbackPolicy> QueryAsync(ProjectId project, CancellationToken cancellationToken)
    {
        var rows = await _database.ReadAsync(
            async connection =>
            {
                await using var command = connection.Command(Select, ("project", project.Value));
                return await command.ReadAllAsync(row => ToRow(project, row), cancellationToken);
            },
            cancellationToken);
        return rows is [var stored] ? stored.ToPolicy() : FeedbackPolicy.Default;
    }

    private static FeedbackPolicyRow ToRow(ProjectId project, DbDataReader row) => new()
    {
        ProjectId = project.Value,
        AllowedOrigins = row.GetString(0),
        ScoresPerMinutePerKey = row.GetInt32(1),
        ScoresPerMinutePerAddress = row.GetInt32(2),
    };
}
