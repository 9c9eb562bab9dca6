using System.Data.Common;
using Actors.Feedback;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Feedback;

/// <summary>The policies in the control plane, each in memory for a while: every score of a browser asks for one.</summary>
internal sealed class FeedbackPolicyStore(ControlDatabase database, TimeProvider time) : IFeedbackPolicyStore
{
    private const string Select = """
        SELECT allowed_origins, scores_per_minute_per_key, scores_per_minute_per_address FROM feedback_policies WHERE project_id = $project
        """;

    private readonly BoundedCache<ProjectId, FeedbackPolicy> _known = new(10_000, TimeSpan.FromSeconds(10), time);

    public ValueTask<FeedbackPolicy> GetAsync(ProjectId project, CancellationToken cancellationToken) =>
        _known.TryGet(project, out var policy) ? new(policy) : new(ReadAsync(project, cancellationToken));

    public async Task<bool> SetAsync(ProjectId project, FeedbackPolicy policy, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync(
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
        }
        finally
        {
            // Also after a failure: whether the change was stored is not known then.
            _known.Clear();
        }
    }

    private async Task<FeedbackPolicy> ReadAsync(ProjectId project, CancellationToken cancellationToken)
    {
        var generation = _known.Generation;
        try
        {
            var policy = await QueryAsync(project, cancellationToken);
            _known.Set(project, policy, generation);
            return policy;
        }
        catch (DbException) when (_known.TryGetLast(project, out var last))
        {
            // While the database fails, what it last said holds: feedback that is refused now is never sent again.
            return last;
        }
    }

    // Plain SQL: the first score after a start must not wait for Entity Framework.
    private async Task<FeedbackPolicy> QueryAsync(ProjectId project, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = Select;
        command.Parameters.AddWithValue("$project", project.Value);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return FeedbackPolicy.Default;
        }

        return new FeedbackPolicyRow
        {
            ProjectId = project.Value,
            AllowedOrigins = reader.GetString(0),
            ScoresPerMinutePerKey = reader.GetInt32(1),
            ScoresPerMinutePerAddress = reader.GetInt32(2),
        }.ToPolicy();
    }
}
