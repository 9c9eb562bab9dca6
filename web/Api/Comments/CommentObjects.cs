using Actors.Comments;
using Actors.Prompts;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Api.Comments;

/// <summary>What comments are about: its names on the wire, and whether it exists.</summary>
internal sealed class CommentObjects(IGrainFactory grains, IPromptStore prompts)
{
    public const string Expected = "TRACE, OBSERVATION, SESSION, PROMPT";

    public static CommentObject? Parse(string text) => text switch
    {
        "TRACE" => CommentObject.Trace,
        "OBSERVATION" => CommentObject.Observation,
        "SESSION" => CommentObject.Session,
        "PROMPT" => CommentObject.Prompt,
        _ => null,
    };

    public static string ToWire(CommentObject type) => type switch
    {
        CommentObject.Trace => "TRACE",
        CommentObject.Observation => "OBSERVATION",
        CommentObject.Session => "SESSION",
        _ => "PROMPT",
    };

    public async Task<bool> ExistsAsync(HttpContext context, CommentObject type, string id)
    {
        var project = context.GetProject();
        if (type == CommentObject.Prompt)
        {
            return await prompts.ExistsAsync(project, id, context.RequestAborted);
        }

        if (!StreamId.IsValidId(id))
        {
            return false;
        }

        var analytics = grains.GetGrain<IAnalyticsGrain>(project.Value);
        return type switch
        {
            CommentObject.Observation => await analytics.ReadAsync(a => a.GetObservationAsync(id), context) is not null,
            CommentObject.Session => await analytics.ReadAsync(a => a.GetSessionAsync(id), context) is not null,
            _ => (await GrainCalls.ReadAsync(
                () => grains.GetGrain<ITraceGrain>(GrainKey.ForStream(project, StreamId.ForTrace(id))).ReadAsync(), context))?.Trace is not null,
        };
    }
}
